using System.Globalization;
using System.Net.Sockets;
using System.Text;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Api.Tests.Lifetime;

/// <summary>The process as systemd starts it (Type=notify): with a datagram socket to report to.</summary>
public sealed class ServiceNoticesTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Fact]
    public async Task Process_UnderSystemd_TellsWhenItListensAndWhenItDrains()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_directory, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(_directory, [], ("PORT", port), ("NOTIFY_SOCKET", path));

        Assert.Equal("READY=1", await NoticeAsync(systemd));
        // Ready means ready: units that are ordered after this one can connect at once.
        using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync("127.0.0.1", int.Parse(port, CultureInfo.InvariantCulture));
        // A request that has begun and not ended keeps the drain going.
        await client.SendAsync(Encoding.ASCII.GetBytes("GET /livez HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"));
        await client.ReceiveAsync(new byte[1024]);

        await run.SignalAsync("TERM");
        Assert.Equal("STOPPING=1", await NoticeAsync(systemd));
        Assert.False(run.HasEnded);
        await client.SendAsync(Encoding.ASCII.GetBytes("0123456789"));
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Process_UnderSystemdWithoutAPort_IsNeverReady()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var path = Path.Combine(_directory, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var run = GatewayRun.Start(_directory, [], ("PORT", port), ("NOTIFY_SOCKET", path));
        Assert.Equal(1, (await run.EndAsync()).ExitCode);
        var said = new List<string>();
        while (systemd.Available > 0)
        {
            said.Add(await NoticeAsync(systemd));
        }

        Assert.DoesNotContain("READY=1", said, StringComparer.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static async Task<string> NoticeAsync(Socket systemd)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        var buffer = new byte[1024];
        var length = await systemd.ReceiveAsync(buffer.AsMemory(), SocketFlags.None, limit.Token);
        return Encoding.UTF8.GetString(buffer, 0, length);
    }
}
