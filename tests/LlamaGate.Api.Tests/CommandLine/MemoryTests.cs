using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>How much memory a real process takes. Only Linux says it in a way that can be compared.</summary>
public sealed class MemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Clients = 200;
    private const long Megabyte = 1024 * 1024;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(50);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly int _port = int.Parse(GatewayRun.FreePort(), CultureInfo.InvariantCulture);
    private readonly List<Socket> _sockets = [];

    /// <summary>With the cache on, as it is by default, and each client with a question of its own.</summary>
    [Fact]
    public async Task Streams_ThatNobodyReads_TakeABoundedAmount()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        // A hundred megabytes for each client, in lines as a model sends them; before, one short answer that is read.
        using var ollama = new FloodingOllama { Piece = string.Concat(Enumerable.Repeat(FloodingOllama.Line(" word"), 500)), Pieces = 2 };
        using var run = await StartAsync(ollama);
        await ReadToEndAsync();
        ollama.Pieces = 2000;
        var before = run.ResidentBytes();
        for (var i = 0; i < Clients; i++)
        {
            _sockets.Add(await AskAndSleepAsync(i));
        }

        var peak = await PeakUntilStalledAsync(run, ollama);
        output.WriteLine($"{before / Megabyte} MB, then {peak / Megabyte} MB; {ollama.Sent / Megabyte} MB taken from upstream");
        Assert.InRange(ollama.Sent, Clients * 16 * 1024L, Clients * 50 * Megabyte);
        Assert.True(peak - before <= 150 * Megabyte, $"{before / Megabyte} MB grew to {peak / Megabyte} MB.");
    }

    public void Dispose()
    {
        _sockets.ForEach(socket => socket.Dispose());
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<GatewayRun> StartAsync(FloodingOllama ollama)
    {
        var run = GatewayRun.Start(
            _directory, [], ("PORT", _port.ToString(CultureInfo.InvariantCulture)), ("OLLAMA_HOST", ollama.Address), ("RATE_LIMIT_RPS", "1000000"));
        await run.WaitForLineAsync("listens on");
        return run;
    }

    private async Task<Socket> AskAndSleepAsync(int number)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var body = Body(number);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        return socket;
    }

    private async Task ReadToEndAsync()
    {
        using var client = new HttpClient();
        using var body = new StringContent(Body(-1), Encoding.UTF8, "application/json");
        using var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{_port}/v1/chat/completions"), body);
        Assert.EndsWith("data: [DONE]\n\n", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static string Body(int question) =>
        $$"""{"model":"plain","stream":true,"messages":[{"role":"user","content":"{{question}}"}]}""";

    /// <summary>The most memory until upstream has stood still for a while: all that would be read has been.</summary>
    private static async Task<long> PeakUntilStalledAsync(GatewayRun run, FloodingOllama ollama)
    {
        const int looksWithoutProgress = 20;
        var (peak, sent, still) = (0L, 0L, 0);
        var waited = Stopwatch.StartNew();
        using var timer = new PeriodicTimer(Look);
        while (still < looksWithoutProgress && waited.Elapsed < LongestWait && await timer.WaitForNextTickAsync())
        {
            peak = Math.Max(peak, run.ResidentBytes());
            still = sent > 0 && sent == ollama.Sent ? still + 1 : 0;
            sent = ollama.Sent;
        }

        return peak;
    }
}
