using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Tls;

namespace LlamaGate.Cluster.Tests;

/// <summary>Members identify themselves to each other; a stranger gets nothing.</summary>
public sealed class ClusterTlsTests : IDisposable
{
    private const string Closed = "closed without a byte";
    private const string Open = "open";

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    /// <summary>Much longer than the end of a connection takes, and shorter than the silo waits for the first words.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-cluster-tls-").FullName;
    private readonly TestAuthority _authority = new();
    private readonly TestAuthority _other = new();

    public void Dispose()
    {
        _authority.Dispose();
        _other.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [Fact]
    public async Task SiloPort_WithCertificates_IsForMembersOnly()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        using var first = await ClusteredGateway.JoinAsync(redis, members: 1, Identity("first", _authority));
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2, Identity("second", _authority));
        await first.WaitForMembersAsync(2);
        var port = first.Run.ListeningPorts().Single(one => one != first.Client.BaseAddress!.Port);

        Assert.Equal(Closed, await TalkInPlainAsync(port));
        Assert.Equal(Closed, await TalkAsync(port, certificate: null));
        using var foreign = Load(_other.Issue("foreign"));
        Assert.Equal(Closed, await TalkAsync(port, foreign));
        // Otherwise nobody is let in, and the above proves nothing.
        using var member = Load(_authority.Issue("member"));
        Assert.NotEqual(Closed, await TalkAsync(port, member), StringComparer.Ordinal);

        (string, string)[] place = [("CLUSTER_ADDRESS", $"127.0.0.1:{GatewayRun.FreePort()}")];
        using var stranger = ClusteredGateway.Start(redis, [.. Identity("stranger", _other), .. place]);
        var refused = await stranger.Run.WaitForLineAsync("cannot join the cluster");
        Assert.Contains("CLUSTER_CERTIFICATE", refused, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await stranger.ReadyAsync()).Status);
        Assert.Equal(HttpStatusCode.OK, (await first.ReadyAsync()).Status);
        Assert.Equal(2, (await first.ReadyAsync()).Body.GetProperty("cluster").GetProperty("members").GetInt32());

        // Its own port is free for the next attempt.
        Identity("stranger", _authority);
        await stranger.WaitForMembersAsync(3);
    }

    [Fact]
    public async Task Certificate_Renewed_IsShownToNewConnections()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var redis = await RedisServer.StartAsync();
        var files = Identity("before", _authority);
        using var gateway = await ClusteredGateway.JoinAsync(redis, members: 1, files);
        var port = gateway.Run.ListeningPorts().Single(one => one != gateway.Client.BaseAddress!.Port);
        using var member = Load(_authority.Issue("member"));
        Assert.Equal("CN=before", await ShownAsync(port, member));

        await File.WriteAllTextAsync(files[0].Value, "not a certificate");
        await gateway.Run.WaitForLineAsync("the old ones stay in force: CLUSTER_CERTIFICATE: the file contains no complete PEM certificate");
        Assert.Equal("CN=before", await ShownAsync(port, member));

        var (certificate, key) = _authority.Issue("after");
        await File.WriteAllTextAsync(files[0].Value, certificate + key);
        await gateway.Run.WaitForLineAsync("new connections between gateways use them");
        Assert.Equal("CN=after", await ShownAsync(port, member));
        // A member that comes now trusts it, and is trusted.
        using var second = await ClusteredGateway.JoinAsync(redis, members: 2, Identity("second", _authority));
    }

    private (string Name, string Value)[] Identity(string name, TestAuthority authority)
    {
        var (certificate, key) = authority.Issue(name);
        var files = (Own: Path.Combine(_directory, name + ".pem"), Authority: Path.Combine(_directory, name + "-ca.pem"));
        File.WriteAllText(files.Own, certificate + key);
        File.WriteAllText(files.Authority, authority.RootPem);
        return [("CLUSTER_CERTIFICATE", files.Own), ("CLUSTER_CA", files.Authority)];
    }

    private static X509Certificate2 Load((string Certificate, string Key) pair) => X509Certificate2.CreateFromPem(pair.Certificate, pair.Key);

    /// <returns>The name in the certificate of the silo.</returns>
    private static async Task<string> ShownAsync(int port, X509Certificate2 member)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            ClientCertificates = [member],
        }).WaitAsync(LongestWait);
        return tls.RemoteCertificate!.Subject; // The handshake has succeeded.
    }

    private static async Task<string> TalkInPlainAsync(int port)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await client.GetStream().WriteAsync("what are you?\r\n\r\n"u8.ToArray());
        return await ListenAsync(client.GetStream(), LongestWait);
    }

    private static async Task<string> TalkAsync(int port, X509Certificate2? certificate)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, port);
        await using var tls = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = "localhost",
            RemoteCertificateValidationCallback = static (_, certificate, _, _) => certificate is not null,
            ClientCertificates = certificate is null ? null : [certificate],
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options).WaitAsync(LongestWait);
            return await ListenAsync(tls, Patience);
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            return Closed;
        }
    }

    /// <summary>A silo speaks to a member, and ends the connection of anyone else.</summary>
    private static async Task<string> ListenAsync(Stream stream, TimeSpan patience)
    {
        try
        {
            var said = await stream.ReadAsync(new byte[4096]).AsTask().WaitAsync(patience);
            return said == 0 ? Closed : $"{said} bytes";
        }
        catch (IOException)
        {
            return Closed;
        }
        catch (TimeoutException)
        {
            return Open;
        }
    }
}
