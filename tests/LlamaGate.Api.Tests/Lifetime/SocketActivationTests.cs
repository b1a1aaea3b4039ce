using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Api.Tests.Lifetime;

/// <summary>A port that whoever starts the gateway holds open, as systemd does for llamagate.socket. Linux only.</summary>
public sealed partial class SocketActivationTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly Socket _port = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly int _inherited;

    public SocketActivationTests()
    {
        _port.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _port.Listen(512);
        // A copy, which children inherit; .NET closes its own ones for them.
        _inherited = OperatingSystem.IsLinux() ? Duplicate((int)_port.Handle) : 0;
    }

    private IPEndPoint EndPoint => (IPEndPoint)_port.LocalEndPoint!;

    /// <summary>
    /// Every connection is a new one. Between two lives of the gateway nobody accepts it, and it waits; while one life ends, it may be
    /// accepted and closed without a byte, as any server's may.
    /// </summary>
    [Fact]
    public async Task Restart_UnderClients_RefusesNobody()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var stop = new CancellationTokenSource();
        var served = 0;
        var run = Start();
        try
        {
            await run.WaitForLineAsync("listens on");
            var clients = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    Assert.StartsWith("HTTP/1.1 200 OK", await AskAsync(), StringComparison.Ordinal);
                    Interlocked.Increment(ref served);
                }
            })).ToArray();
            for (var restart = 0; restart < 3; restart++)
            {
                await run.SignalAsync("TERM");
                Assert.Equal(0, (await run.EndAsync()).ExitCode);
                run.Dispose();
                // Nobody serves, and still nobody is refused.
                var before = Volatile.Read(ref served);
                run = Start();
                await run.WaitForLineAsync("listens on");
                var limit = System.Diagnostics.Stopwatch.StartNew();
                while (Volatile.Read(ref served) < before + 20 && limit.Elapsed < LongestWait && !clients.Any(client => client.IsFaulted))
                {
                    await Task.Yield();
                }

                Assert.True(Volatile.Read(ref served) >= before + 20);
            }

            await stop.CancelAsync();
            await Task.WhenAll(clients).WaitAsync(LongestWait);
        }
        finally
        {
            await stop.CancelAsync();
            run.Dispose();
        }
    }

    [Fact]
    public async Task Start_WithASocket_ListensThereAndSaysSo()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // Another port, which nobody may have to be free.
        using var run = Start(("PORT", "1"), ("LISTEN_ADDRESS", "0.0.0.0"));
        Assert.Contains($"http://{EndPoint}", await run.WaitForLineAsync("listens on"), StringComparison.Ordinal);
        await run.WaitForLineAsync("systemd opened the port");
        Assert.StartsWith("HTTP/1.1 200 OK", await AskAsync(), StringComparison.Ordinal);
        // What is really listened at decides who may call: this machine only, so a foreign name is refused and nobody is warned.
        Assert.StartsWith("HTTP/1.1 403 ", await AskAsync("evil.example"), StringComparison.Ordinal);
        await run.SignalAsync("TERM");
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        Assert.DoesNotContain("is open to other machines", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithADescriptorThatIsNoSocket_SaysSoAndExits1()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var file = File.OpenHandle("/dev/null");
        var inherited = Duplicate((int)file.DangerousGetHandle());
        using var run = GatewayRun.StartWithSocket(_directory, inherited);
        var (exit, _, error) = await run.EndAsync();
        _ = Close(inherited);
        Assert.Equal(1, exit);
        Assert.Contains("LISTEN_FDS: descriptor 3 is not a TCP socket", error, StringComparison.Ordinal);
    }

    /// <summary>Variables are inherited further than sockets.</summary>
    [Theory]
    [InlineData("1", "1")]
    [InlineData("", "1")]
    [InlineData("4242", "0")]
    [InlineData("4242", "x")]
    [InlineData("4242", "65")]
    [InlineData("4242", "-1")]
    public void Find_WhatIsNotForThisProcess_IsPassedOver(string process, string count) =>
        Assert.Null(InheritedSockets.Find(new Hashtable { ["LISTEN_PID"] = process, ["LISTEN_FDS"] = count }, processId: 4242));

    [Theory]
    [InlineData("127.0.0.1:80 0.0.0.0:81", "0.0.0.0", 81)]
    [InlineData("[::1]:80 127.0.0.1:81", "::1", 80)]
    public void ApplyTo_OfSeveral_TakesTheOneThatIsOpenToMost(string endPoints, string address, int port)
    {
        var sockets = new InheritedSockets([3, 4], [.. endPoints.Split(' ').Select(IPEndPoint.Parse)]);
        var settings = sockets.ApplyTo(new GatewaySettings { Port = 9, LogFile = "kept" });
        Assert.Equal((address, port, "kept"), (settings.ListenAddress.ToString(), settings.Port, settings.LogFile));
    }

    public void Dispose()
    {
        if (_inherited != 0)
        {
            _ = Close(_inherited);
        }

        _port.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    [LibraryImport("libc", EntryPoint = "dup")]
    private static partial int Duplicate(int descriptor);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int descriptor);

    private GatewayRun Start(params (string Name, string Value)[] variables) =>
        GatewayRun.StartWithSocket(_directory, _inherited, [("RATE_LIMIT_RPS", "1000000"), .. variables]);

    /// <summary>The whole answer on a connection of its own. A refusal throws.</summary>
    private async Task<string> AskAsync(string host = "localhost")
    {
        using var limit = new CancellationTokenSource(LongestWait);
        while (true)
        {
            using var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await client.ConnectAsync(EndPoint, limit.Token);
            var answer = await ExchangeAsync(client, host, limit.Token);
            if (answer.Length > 0)
            {
                return answer;
            }
        }
    }

    /// <summary>Empty when the connection was closed before the first byte.</summary>
    private static async Task<string> ExchangeAsync(Socket client, string host, CancellationToken cancellationToken)
    {
        var request = string.Create(CultureInfo.InvariantCulture, $"GET /livez HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        var buffer = new byte[4096];
        try
        {
            await client.SendAsync(Encoding.ASCII.GetBytes(request), SocketFlags.None, cancellationToken);
            return Encoding.UTF8.GetString(buffer, 0, await client.ReceiveAsync(buffer, SocketFlags.None, cancellationToken));
        }
        catch (SocketException exception) when (exception.SocketErrorCode is SocketError.ConnectionReset or SocketError.Shutdown)
        {
            return "";
        }
    }
}
