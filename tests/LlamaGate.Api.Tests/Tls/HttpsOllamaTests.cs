using System.Net;
using System.Security.Cryptography.X509Certificates;
using LlamaGate.Api.Tests.CommandLine;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>An Ollama behind https whose authority this machine does not know, unless SSL_CERT_FILE names it. Linux only.</summary>
public sealed class HttpsOllamaTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly TestAuthority _authority = new();

    [Theory]
    [InlineData(true, "[ok]      ollama: Ollama answers at https://localhost:")]
    [InlineData(false, "UntrustedRoot")]
    public async Task Doctor_OfAnAuthorityOfOnesOwn_TrustsItWhenItIsNamed(bool isNamed, string expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        await using var ollama = await StartAsync();
        var roots = Path.Combine(_directory, "roots.pem");
        await File.WriteAllTextAsync(roots, isNamed ? _authority.RootPem : "");
        var port = new Uri(ollama.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        (string, string)[] variables =
        [
            ("OLLAMA_HOST", $"https://localhost:{port}"), ("PORT", "1"), ("SSL_CERT_FILE", roots), ("SSL_CERT_DIR", _directory),
        ];
        using var doctor = GatewayRun.Start(_directory, ["doctor", "--skip-generation"], variables);
        var (_, output, _) = await doctor.EndAsync();
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _authority.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<WebApplication> StartAsync()
    {
        var (certificate, key) = _authority.Issue("ollama");
        var chain = new X509Certificate2Collection();
        chain.ImportFromPem(certificate);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.UseHttps(https =>
        {
            https.ServerCertificate = X509Certificate2.CreateFromPem(certificate, key);
            https.ServerCertificateChain = chain;
        })));
        var app = builder.Build();
        app.Run(context => context.Response.WriteAsync(context.Request.Path.Value switch
        {
            "/api/version" => """{"version":"0.30.0"}""",
            _ => """{"models":[]}""",
        }));
        await app.StartAsync();
        return app;
    }
}
