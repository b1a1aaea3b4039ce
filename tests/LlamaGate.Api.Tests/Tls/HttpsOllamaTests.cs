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

    [Theory]
    [InlineData(true, "[ok]      ollama: Ollama answers at https://localhost:")]
    [InlineData(false, "The TLS handshake failed (UntrustedRoot)")]
    public async Task Doctor_OfAnAuthorityOfOnesOwn_TrustsItWhenItIsNamed(bool isNamed, string expected)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var pair = TestAuthority.IssueSelfSigned();
        await using var ollama = await StartAsync(pair);
        var roots = Path.Combine(_directory, "roots.pem");
        await File.WriteAllTextAsync(roots, isNamed ? pair.Certificate : "");
        var port = new Uri(ollama.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        (string, string)[] variables =
        [
            ("OLLAMA_HOST", $"https://localhost:{port}"), ("PORT", "1"), ("SSL_CERT_FILE", roots), ("SSL_CERT_DIR", _directory),
        ];
        using var doctor = GatewayRun.Start(_directory, ["doctor", "--skip-generation"], variables);
        var (_, output, _) = await doctor.EndAsync();
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<WebApplication> StartAsync((string Certificate, string Key) pair)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, endpoint =>
            endpoint.UseHttps(X509Certificate2.CreateFromPem(pair.Certificate, pair.Key))));
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
