using System.Text.RegularExpressions;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>Each dialect has the comments, and beside them what its clients count as a sign of life.</summary>
public sealed partial class QueueDialectTests
{
    private const string First = ": queued position=3 eta=14s model=qwen3:8b\n\n";
    private const string Second = ": queued position=2 eta=9s model=qwen3:8b\n\n";
    private const string Last = ": running host=gpu1 context=8192\n\n";
    private const string Ping = "event: ping\ndata: {\"type\":\"ping\"}\n\n";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Chat_ThatWaits_HasTheCommentsAlone() => Assert.Equal(
        First + Second + Last
        + """
        data: {"id":"ID","object":"chat.completion.chunk","created":1703123456,"model":"plain","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"role":"assistant","content":""},"logprobs":null,"finish_reason":null}]}

        data: {"id":"ID","object":"chat.completion.chunk","created":1703123456,"model":"plain","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{"content":"a"},"logprobs":null,"finish_reason":null}]}

        data: {"id":"ID","object":"chat.completion.chunk","created":1703123456,"model":"plain","system_fingerprint":"fp_ollama","choices":[{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}]}

        data: [DONE]


        """,
        await ReadAsync(QueueBed.Chat, ChatBody.HiStreamed));

    [Fact]
    public async Task Completion_ThatWaits_HasTheCommentsAlone() => Assert.Equal(
        First + Second + Last
        + """
        data: {"id":"ID","object":"text_completion","created":1703123456,"model":"plain","system_fingerprint":"fp_ollama","choices":[{"text":"a","index":0,"logprobs":null,"finish_reason":null}]}

        data: {"id":"ID","object":"text_completion","created":1703123456,"model":"plain","system_fingerprint":"fp_ollama","choices":[{"text":"","index":0,"logprobs":null,"finish_reason":"stop"}]}

        data: [DONE]


        """,
        await ReadAsync("/v1/completions", """{"model":"plain","prompt":"hi","stream":true}"""));

    [Fact]
    public async Task Message_ThatWaits_HasAPingWithEachComment() => Assert.StartsWith(
        First + Ping + Second + Ping + Last + Ping + "event: message_start\ndata: {",
        await ReadAsync("/v1/messages", """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}],"stream":true}"""),
        StringComparison.Ordinal);

    [Fact]
    public async Task Response_ThatWaits_HasAnEventWithEachComment()
    {
        var body = await ReadAsync("/v1/responses", """{"model":"plain","input":"hi","stream":true}""");
        Assert.StartsWith(
            First
            + "event: response.created\n\nevent: response.in_progress\n\n"
            + Second
            + "event: response.in_progress\n\n"
            + Last
            + "event: response.in_progress\n\nevent: response.output_item.added\n\n",
            Data().Replace(body, ""),
            StringComparison.Ordinal);
        Assert.Equal(
            Enumerable.Range(0, 11),
            Number().Matches(body).Select(match => int.Parse(match.Groups["number"].Value)));
    }

    private static async Task<string> ReadAsync(string path, string body)
    {
        await using var bed = await QueueBed.StartAsync();
        using var stream = await bed.OpenAfterAsync(Interval, path, body);
        var first = await stream.NextAsync();
        bed.Call.Move(QueuedCall.Waiting(position: 2, seconds: 9));
        await bed.PassAsync(Interval);
        // Read to the second comment, so that the call is not sent before it.
        var second = new List<string>();
        while (second.Count == 0 || second[^1] != Second.TrimEnd())
        {
            second.Add(await stream.NextAsync() ?? throw new InvalidOperationException("The stream ended."));
        }

        bed.Call.Send(QueueBed.Route);
        bed.Call.Say("a");
        bed.Call.End();
        IEnumerable<string?> all = [first, .. second, .. await stream.RestAsync()];
        return Id().Replace(string.Concat(all.Select(one => one + "\n\n")), "ID");
    }

    [GeneratedRegex("(?:chatcmpl|cmpl)-[A-Za-z0-9]{24}", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Id();

    [GeneratedRegex("\ndata: .*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Data();

    [GeneratedRegex("\"sequence_number\":(?<number>[0-9]+)", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    private static partial Regex Number();
}
