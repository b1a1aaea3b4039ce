using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Xunit.Abstractions;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>How much memory a real process takes, and gives back. Only Linux says it in a way that can be compared.</summary>
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

        // A hundred megabytes for each client, in lines as a model sends them.
        using var ollama = new FloodingOllama { Piece = string.Concat(Enumerable.Repeat(FloodingOllama.Line(" word"), 500)), Pieces = 2000 };
        using var run = await StartAsync(ollama);
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

    /// <summary>One line from upstream without an end, and a request body as large as may be.</summary>
    [Fact]
    public async Task LargeValues_OnceTheyAreGone_AreGivenBackWithinAMinute()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        using var ollama = new FloodingOllama();
        using var run = await StartAsync(ollama);
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}"), Timeout = TimeSpan.FromMinutes(2) };
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(http, "first"));
        var before = run.ResidentBytes();

        (ollama.Opening, ollama.Piece, ollama.Pieces) = ("{\"message\":{\"content\":\"", new string('x', 64 * 1024), 1100);
        Assert.Equal(HttpStatusCode.BadGateway, await ChatAsync(http, "a line without an end"));
        (ollama.Opening, ollama.Pieces) = ("", 0);
        // With something to escape, which takes the JSON reader and writer through memory of their own.
        Assert.Equal(HttpStatusCode.OK, await ChatAsync(http, "\\n" + new string('x', 60 * 1024 * 1024)));
        var peak = run.ResidentBytes();

        var waited = Stopwatch.StartNew();
        var after = peak;
        using var timer = new PeriodicTimer(Look);
        while (after > before * 1.3 && waited.Elapsed < TimeSpan.FromMinutes(1) && await timer.WaitForNextTickAsync())
        {
            after = run.ResidentBytes();
        }

        output.WriteLine($"{before / Megabyte} MB, {peak / Megabyte} MB, after {waited.Elapsed.TotalSeconds:0} s {after / Megabyte} MB");
        Assert.True(peak > before * 1.3, "Nothing large was held.");
        Assert.True(after <= before * 1.3, $"{before / Megabyte} MB before, {after / Megabyte} MB a minute later.");
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

    private static async Task<HttpStatusCode> ChatAsync(HttpClient http, string jsonText)
    {
        using var body = new StringContent(Body(jsonText, "false"), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync("/v1/chat/completions", body);
        return answer.StatusCode;
    }

    private async Task<Socket> AskAndSleepAsync(int number)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(IPAddress.Loopback, _port);
        var body = Body(number.ToString(CultureInfo.InvariantCulture), "true");
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        return socket;
    }

    private static string Body(string jsonText, string stream) =>
        $$"""{"model":"plain","stream":{{stream}},"messages":[{"role":"user","content":"{{jsonText}}"}]}""";

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
