using System.Net;
using System.Security.Cryptography.X509Certificates;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Api.Tests.Tls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>A host behind https with an authority of its own, which wants a certificate.</summary>
public sealed class HostTlsTests : IDisposable
{
    private readonly HostsFileBed _file = new();
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    [Theory]
    [InlineData("ours", "localhost", true)]
    [InlineData("ours", "127.0.0.1", true)]
    [InlineData("other", "localhost", false)]
    [InlineData("ours", "127.0.0.2", false)]
    [InlineData("none", "localhost", false)]
    public async Task Health_OfAHostWithItsOwnAuthority_DependsOnCertificatesAndName(string ca, string name, bool isReached)
    {
        await using var ollama = await StartAsync();
        Write(ca, $"https://{name}:{PortOf(ollama)}");
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { HostsFile = _file.Path });
        using var answer = await gateway.Client.GetAsync("/health");
        Assert.Equal(isReached ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task Doctor_OfThatHost_ReachesItWithTheSameFiles()
    {
        await using var ollama = await StartAsync();
        Write("ours", $"https://localhost:{PortOf(ollama)}");
        using var run = GatewayRun.Start(
            Path.GetDirectoryName(_file.Path)!, ["doctor", "--skip-generation"], ("HOSTS_FILE", _file.Path), ("PORT", "1"));
        var (_, output, _) = await run.EndAsync();
        Assert.Contains($"ollama: Ollama answers at https://localhost:{PortOf(ollama)}.", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _file.Dispose();
        _authority.Dispose();
        _other.Dispose();
    }

    private static int PortOf(WebApplication ollama) =>
        new Uri(ollama.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;

    private void Write(string ca, string url)
    {
        var (certificate, key) = _authority.Issue("gateway");
        _file.Write("ca.pem", ca == "other" ? _other.RootPem : _authority.RootPem);
        _file.Write("client.pem", certificate);
        _file.Write("key.pem", key);
        var files = ca == "none" ? "" : ""","ca_file":"ca.pem","client_cert":"client.pem","client_key":"key.pem" """;
        _file.Write("hosts.json", $$"""{"hosts":[{"url":"{{url}}"{{files}}}]}""");
    }

    private async Task<WebApplication> StartAsync()
    {
        var (certificate, key) = _authority.Issue("ollama");
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Any, 0, endpoint => endpoint.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(certificate, key);
            https.ServerCertificateChain = Chain(certificate);
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (shown, _, _) => shown.Subject == "CN=gateway";
        })));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/api/version" => """{"version":"0.33.0"}""",
            _ => """{"models":[]}""",
        }));
        await app.StartAsync();
        return app;
    }

    private static X509Certificate2Collection Chain(string pem)
    {
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(pem);
        return chain;
    }
}
