using System.Net;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tls;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>A gateway that serves HTTPS with files of its own, and clients that trust no one but its authority.</summary>
internal sealed class TlsBed : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("llamagate-tls-");
    private GatewayOverOllama? _bed;

    private TlsBed()
    {
        CertificatePath = Path.Combine(_directory.FullName, "cert.pem");
        KeyPath = Path.Combine(_directory.FullName, "key.pem");
    }

    public TestAuthority Authority { get; } = new();

    public string CertificatePath { get; private set; }

    public string KeyPath { get; private set; }

    public GatewayOverOllama Bed => _bed ?? throw new InvalidOperationException("The gateway was not started.");

    /// <summary>With a certificate that is called "first".</summary>
    public static async Task<TlsBed> StartAsync(Func<GatewaySettings, GatewaySettings>? adjust = null)
    {
        var bed = new TlsBed();
        bed.Write(bed.Authority.Issue("first"));
        await bed.StartGatewayAsync(adjust);
        return bed;
    }

    /// <summary>With names that are links to a directory that is a link, as Kubernetes mounts secrets.</summary>
    public static async Task<(TlsBed Bed, Action<(string Certificate, string Key)> Swap)> StartWithLinksAsync()
    {
        var bed = new TlsBed();
        var root = bed._directory.FullName;
        var current = Path.Combine(root, "..data");
        var versions = 0;
        Swap(bed.Authority.Issue("first"));
        File.CreateSymbolicLink(bed.CertificatePath, Path.Combine("..data", "cert.pem"));
        File.CreateSymbolicLink(bed.KeyPath, Path.Combine("..data", "key.pem"));
        await bed.StartGatewayAsync(adjust: null);
        return (bed, Swap);

        void Swap((string Certificate, string Key) pair)
        {
            var version = Directory.CreateDirectory(Path.Combine(root, $"..version{++versions}")).FullName;
            File.WriteAllText(Path.Combine(version, "cert.pem"), pair.Certificate);
            File.WriteAllText(Path.Combine(version, "key.pem"), pair.Key);
            if (Directory.Exists(current))
            {
                Directory.Delete(current);
            }

            Directory.CreateSymbolicLink(current, Path.GetFileName(version));
        }
    }

    public void Write((string Certificate, string Key) pair)
    {
        File.WriteAllText(CertificatePath, pair.Certificate);
        File.WriteAllText(KeyPath, pair.Key);
    }

    /// <summary>Lets the gateway look at its files.</summary>
    public void Look() => Bed.Gateway.Clock.Advance(ServerCertificates.Period);

    /// <summary>The name of the certificate that a new connection gets.</summary>
    public async Task<string> ShownAsync()
    {
        var shown = "";
        using var client = Authority.CreateClient(Bed.Gateway.Client.BaseAddress!, shown: certificate => shown = certificate.Subject);
        using var answer = await client.GetAsync("/livez");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return shown;
    }

    public HttpClient CreateClient(Version version) => Authority.CreateClient(Bed.Gateway.Client.BaseAddress!, version);

    public static async Task<EventStream> OpenAsync(HttpClient client, CancellationToken cancellationToken = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Version = client.DefaultRequestVersion,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(ChatBody.HiStreamed, Encoding.UTF8, "application/json"),
        };
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal((HttpStatusCode.OK, client.DefaultRequestVersion), (response.StatusCode, response.Version));
        return await EventStream.OfAsync(response);
    }

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }

        Authority.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task StartGatewayAsync(Func<GatewaySettings, GatewaySettings>? adjust) =>
        _bed = await GatewayOverOllama.StartAsync(settings =>
            (adjust?.Invoke(settings) ?? settings) with { TlsCert = CertificatePath, TlsKey = KeyPath });
}
