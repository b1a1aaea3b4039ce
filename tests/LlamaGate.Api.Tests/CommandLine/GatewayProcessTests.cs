using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using LlamaGate.Api.Lifetime;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>
/// A whole life of the process. Windows has no signals to send, so there the tests have nothing to do.
/// </summary>
public sealed class GatewayProcessTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Theory]
    [InlineData("TERM")]
    [InlineData("INT")]
    [InlineData("QUIT")]
    public async Task Signal_First_StopsWithExitCode0AndWritesBothLogs(string signal)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var log = Path.Combine(_directory, "gate.log");
        using var run = GatewayRun.Start(_directory, [], ("PORT", GatewayRun.FreePort()), ("LOG_FILE", log));
        await run.WaitForLineAsync("listens on");
        await run.SignalAsync(signal);
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("LlamaGate has stopped", output, StringComparison.Ordinal);
        Assert.Equal(output, await File.ReadAllTextAsync(log));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(log));
    }

    /// <summary>
    /// .NET has as many threads for sockets as processors when what waits goes on there, else one. Only Linux tells their names.
    /// </summary>
    [Theory]
    [InlineData(null, 5)]
    [InlineData("0", 1)]
    public async Task Sockets_GoOnWhereTheyAreHeardUnlessToldOtherwise(string? inline, int threads)
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var run = GatewayRun.Start(
            _directory, [], ("PORT", GatewayRun.FreePort()), ("DOTNET_PROCESSOR_COUNT", "5"), (SocketCompletions.Variable, inline ?? ""));
        await run.WaitForLineAsync("listens on");
        // A thread takes its name shortly after it has begun.
        var limit = Stopwatch.StartNew();
        while (run.CountThreads(".NET Sockets") < threads && limit.Elapsed < LongestWait)
        {
            await Task.Yield();
        }

        Assert.Equal(threads, run.CountThreads(".NET Sockets"));
        await run.SignalAsync("TERM");
        await run.EndAsync();
    }

    [Theory]
    [InlineData("TERM", 143)]
    [InlineData("INT", 130)]
    public async Task Signal_Second_EndsAtOnce(string signal, int expected)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(_directory, [], ("PORT", port));
        await run.WaitForLineAsync("listens on");
        using var unfinished = await BeginUnfinishedRequestAsync(port);
        await run.SignalAsync(signal);
        await run.WaitForLineAsync("Draining");
        await run.SignalAsync(signal);
        var (exit, output, _) = await run.EndAsync();
        Assert.Equal(expected, exit);
        Assert.Contains("ending at once", output, StringComparison.Ordinal);
        Assert.DoesNotContain("has stopped", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signal_WithADelay_LeavesThePortOpenAndIsNotReady()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(_directory, [], ("PORT", port), ("SHUTDOWN_DELAY", "5m"));
        await run.WaitForLineAsync("listens on");
        await run.SignalAsync("TERM");
        await run.WaitForLineAsync("still accepted for 5m");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await StatusAsync(port, "/readyz"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(port, "/livez"));

        await run.SignalAsync("TERM");
        Assert.Equal(143, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Signal_AfterTheDelay_StopsWithExitCode0()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using var run = GatewayRun.Start(_directory, [], ("PORT", GatewayRun.FreePort()), ("SHUTDOWN_DELAY", "200ms"));
        await run.WaitForLineAsync("listens on");
        await run.SignalAsync("TERM");
        await run.WaitForLineAsync("still accepted for 200ms");
        await run.WaitForLineAsync("Draining");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    [Fact]
    public async Task Signal_WithAConnectionThatNeverEnds_CutsItAndExits0()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(_directory, [], ("PORT", port), ("SHUTDOWN_TIMEOUT", "0"));
        await run.WaitForLineAsync("listens on");
        using var unfinished = await BeginUnfinishedRequestAsync(port);
        await run.SignalAsync("TERM");
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("LlamaGate has stopped", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_LogFileOfAnotherGateway_IsRefusedAndStillValidToCheck()
    {
        var log = Path.Combine(_directory, "gate.log");
        await using var other = new FileStream(log, FileMode.Append, FileAccess.Write, FileShare.Read);
        using var check = GatewayRun.Start(_directory, ["--check-config"], ("LOG_FILE", log));
        Assert.Equal(0, (await check.EndAsync()).ExitCode);
        using var run = GatewayRun.Start(_directory, [], ("PORT", GatewayRun.FreePort()), ("LOG_FILE", log));
        var (exit, _, error) = await run.EndAsync();
        Assert.Equal(1, exit);
        Assert.Contains($"LOG_FILE: \"{log}\" cannot be opened", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PortInUse_SaysSoInOneLineAndExits1()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();
        var port = ((IPEndPoint)taken.LocalEndpoint).Port.ToString(CultureInfo.InvariantCulture);
        using var run = GatewayRun.Start(_directory, [], ("PORT", port));
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal(1, exit);
        Assert.Equal(
            $"Cannot listen on 127.0.0.1 port {port}: the port is already in use (LISTEN_ADDRESS, PORT)",
            error.TrimEnd());
        Assert.Equal("", output);
    }

    [Fact]
    public async Task Start_AddressOfAnotherMachine_SaysSoInWords()
    {
        using var run = GatewayRun.Start(_directory, [], ("PORT", GatewayRun.FreePort()), ("LISTEN_ADDRESS", "203.0.113.1"));
        var (exit, _, error) = await run.EndAsync();
        Assert.Equal(1, exit);
        Assert.Contains("this machine does not have this address (LISTEN_ADDRESS, PORT)", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>On a connection of its own.</summary>
    private static async Task<HttpStatusCode> StatusAsync(string port, string path)
    {
        using var client = new HttpClient();
        using var response = await client.GetAsync(new Uri($"http://127.0.0.1:{port}{path}"));
        return response.StatusCode;
    }

    /// <summary>Answered, but its body never comes: the server waits for it before it lets the connection go.</summary>
    private static async Task<Socket> BeginUnfinishedRequestAsync(string port)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, int.Parse(port, CultureInfo.InvariantCulture));
        await socket.SendAsync(Encoding.ASCII.GetBytes("GET /livez HTTP/1.1\r\nHost: h\r\nContent-Length: 10\r\n\r\n"));
        await socket.ReceiveAsync(new byte[1024]);
        return socket;
    }
}
