using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>The same question in three dialects, plain and streamed, is one question.</summary>
[Collection(nameof(RunsAlone))]
public partial class OneQuestionTests
{
    private const string Chat = "/v1/chat/completions";
    private const string Responses = "/v1/responses";
    private const string Messages = "/v1/messages";

    /// <summary>More than the sockets of a reader that sleeps can hold, in words of 4 KB, and less than one answer may hold while it is gathered.</summary>
    private const int Words = 950;

    /// <summary>Anthropic's messages have a limit, and do not think unless they are asked to.</summary>
    private const string StreamedChat =
        """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":64,"reasoning_effort":"none","stream":true}""";

    private static readonly string Word = new('x', 4096);

    private static readonly (string Path, string Body)[] Forms =
    [
        (Chat, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":64,"reasoning_effort":"none"}"""),
        (Chat, StreamedChat),
        (Responses, """{"model":"plain","input":"hi","max_output_tokens":64,"reasoning":{"effort":"none"}}"""),
        (Responses, """{"model":"plain","input":"hi","max_output_tokens":64,"reasoning":{"effort":"none"},"stream":true}"""),
        (Messages, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":64}"""),
        (Messages, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":64,"stream":true}"""),
    ];

    [Fact]
    public async Task EightAtOnce_OneAsleep_MakeOneCallAndTheOthersFinish()
    {
        await using var bed = await StartAsync();
        var gate = new Gate();
        bed.Ollama.Enqueue((Scenario.Says([.. Enumerable.Repeat(Word, Words)]) with { LinesPerPacket = 16 }).PauseAt(0, gate));
        using var sleeper = await SleepAsync(bed);
        await gate.Reached;
        (string Path, string Body)[] questions = [.. Forms, Forms[^1]];
        var others = questions.Select(question => bed.PostAsync(question.Path, question.Body)).ToList();
        await RunningAsync(bed, running => running == 1 + others.Count);
        gate.Release();

        var answers = await Task.WhenAll(others);
        Assert.All(answers, answer =>
        {
            Assert.Equal(200, answer.Status);
            Assert.Equal("hit", answer.Headers["X-LlamaGate-Cache"]);
            Assert.True(answer.BodyBytes.Count(letter => letter == 'x') >= Words * Word.Length);
        });
        Assert.Equal(answers.Length, answers.Select(IdOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(bed.Ollama.Requests, request => request.Path == "/api/chat");
        // The sleeper held up nobody, and is held up itself.
        await RunningAsync(bed, running => running <= 1);
        Assert.Equal(1, bed.Gateway.Drain.Running);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task OneAfterTheOther_InAllForms_MakeOneCallWithIdsAndTimesOfTheirOwn(int first)
    {
        await using var bed = await StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        var answers = new List<HttpAnswer>();
        for (var i = 0; i < Forms.Length; i++)
        {
            var (path, body) = Forms[(first + i) % Forms.Length];
            answers.Add(await bed.PostAsync(path, body));
            bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("miss hit hit hit hit hit", string.Join(' ', answers.Select(answer => answer.Headers["X-LlamaGate-Cache"])));
        Assert.Equal(Forms.Length, answers.Select(IdOf).Distinct(StringComparer.Ordinal).Count());
        // Messages tell no time.
        Assert.Equal(Forms.Length - 1, answers.Select(CreatedOf).Distinct(StringComparer.Ordinal).Count());
        Assert.Single(bed.Ollama.Requests, request => request.Path == "/api/chat");
    }

    private static Task<GatewayOverOllama> StartAsync() =>
        GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true });

    /// <summary>Asks for a stream and never reads it.</summary>
    private static async Task<Socket> SleepAsync(GatewayOverOllama bed)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(bed.Gateway.EndPoint);
        var body = StreamedChat;
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST {Chat} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
        return socket;
    }

    /// <summary>Waits for a number of running requests; spinning on the gateway's own count, bounded.</summary>
    private static async Task RunningAsync(GatewayOverOllama bed, Predicate<int> isReached)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (!isReached(bed.Gateway.Drain.Running))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static string IdOf(HttpAnswer answer) => Id().Match(answer.Body).Value;

    private static string CreatedOf(HttpAnswer answer) => Created().Match(answer.Body).Groups["time"].Value;

    [GeneratedRegex("(chatcmpl-|resp_|msg_)[A-Za-z0-9]{24,}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Id();

    [GeneratedRegex("\"created(_at)?\":(?<time>[0-9]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Created();
}
