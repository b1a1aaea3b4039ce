using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CsCheck;
using LlamaGate.Application.Dialects;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Responses;

public class ResponseStreamWriterTests
{
    private static readonly string[] Words = ["", "a", "é😀"];

    /// <summary>Thoughts, words and calls in any order, many on one line too.</summary>
    private static readonly Gen<ConversationUpdate> Updates = Gen.Select(
        Gen.Int[0, 1], Gen.Int[0, 2], Gen.Int[0, 2]).Select((thinking, content, calls) => new ConversationUpdate
        {
            Thinking = thinking == 0 ? "" : "t",
            Content = Words[content],
            ToolCalls = [.. Enumerable.Range(0, calls).Select(i => new ToolCall($"call_{i}", "f", "{\"x\":1}"))],
        });

    [Fact]
    public Task Events_OfAnyAnswer_MakeUpTheResponseThatEndsThem() => Updates.List[0, 12].SampleAsync(async updates =>
    {
        var events = await WriteAsync(Request(), [.. updates, Done()]);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.GetProperty("sequence_number").GetInt32()));
        var output = events[^1].GetProperty("response").GetProperty("output").EnumerateArray().ToList();
        Assert.Equal(string.Concat(updates.Select(u => u.Content)), TextsOf(output, "message", "content"));
        Assert.Equal(string.Concat(updates.Select(u => u.Thinking)), TextsOf(output, "reasoning", "summary"));
        Assert.Equal(
            string.Concat(updates.Select(u => u.Content)),
            string.Concat(OfType(events, ResponseStreamEvent.TextDelta).Select(e => e.GetProperty("delta").GetString())));
        Assert.Equal(updates.Sum(u => u.ToolCalls.Count), output.Count(item => TypeOf(item) == "function_call"));
        Assert.Equal(
            output.Select(item => item.GetRawText()),
            OfType(events, ResponseStreamEvent.ItemDone).Select(e => e.GetProperty("item").GetRawText()),
            StringComparer.Ordinal);
        Assert.All(output, item => Assert.Equal("completed", item.GetProperty("status").GetString()));
    });

    [Fact]
    public Task Events_OfAnyAnswer_NameTheItemThatIsOpen() => Updates.List[0, 12].SampleAsync(async updates =>
    {
        string? open = null;
        var index = -1;
        var events = await WriteAsync(Request(), [.. updates, Done()]);
        foreach (var next in events.Where(e => e.TryGetProperty("output_index", out _)))
        {
            if (TypeOf(next) == ResponseStreamEvent.ItemAdded)
            {
                Assert.Null(open);
                open = next.GetProperty("item").GetProperty("id").GetString();
                index++;
            }

            var named = next.TryGetProperty("item_id", out var id) ? id : next.GetProperty("item").GetProperty("id");
            Assert.Equal(open, named.GetString());
            Assert.Equal(index, next.GetProperty("output_index").GetInt32());
            open = TypeOf(next) == ResponseStreamEvent.ItemDone ? null : open;
        }

        Assert.Null(open);
    });

    /// <summary>As the core replays a kept answer: the thinking, the content, then the rest.</summary>
    [Theory]
    [InlineData("hm", "é😀", 0, FinishReason.Stop)]
    [InlineData("hm", "ok", 2, FinishReason.Stop)]
    [InlineData("hm", "", 0, FinishReason.Stop)]
    [InlineData("hm", "", 0, FinishReason.Length)]
    [InlineData(null, "", 0, FinishReason.Stop)]
    [InlineData(null, "", 0, FinishReason.Length)]
    [InlineData(null, "ok", 0, FinishReason.Length)]
    [InlineData(null, "ok", 1, FinishReason.Length)]
    public async Task Replay_OfAnAnswer_EndsInThePlainResponse(string? thinking, string content, int calls, FinishReason reason)
    {
        TokenLogprob[] ofContent = [.. content.EnumerateRunes().Select(rune => new TokenLogprob(rune.ToString(), -1, null, []))];
        TokenLogprob[] logprobs = thinking is null ? ofContent : [new(thinking, -2, null, []), .. ofContent];
        ToolCall[] called = [.. Enumerable.Range(0, calls).Select(i => new ToolCall($"{i}", "f", i == 0 ? "{\"x\":" : "{}"))];
        var choice = new AnswerChoice(content, thinking, called, logprobs, reason);
        var events = await WriteAsync(Request(), [
            new() { Thinking = thinking },
            new() { Content = content, Logprobs = logprobs },
            new() { ToolCalls = called, IsDone = true, FinishReason = reason, Usage = new TokenUsage(1, 2) },
        ]);
        Assert.Equal(
            WithoutIds(ResponseWriterTests.Write(Request(), choice)),
            WithoutIds(events[^1].GetProperty("response").GetRawText()));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 3)]
    [InlineData(null, 3)]
    public async Task Calls_WithoutParallelOnes_AreOne(bool? parallel, int expected)
    {
        var call = new ToolCall("call_1", "f", "{}");
        var request = Request() with { ParallelToolCalls = parallel };
        var events = await WriteAsync(request, [new() { ToolCalls = [call, call] }, new() { ToolCalls = [call] }, Done()]);
        Assert.Equal(expected, OfType(events, ResponseStreamEvent.ItemDone).Count());
    }

    /// <summary>What is written straight is what the serializer would write.</summary>
    [Fact]
    public async Task Deltas_OfThinkingAndText_AreTheseBytes()
    {
        var logprob = new TokenLogprob("b", -0.5, [98], []);
        var sent = await WrittenStream.ReadAsync(WriterOf(Request()), [
            new() { Thinking = "é\n\"" }, new() { Content = "<a>" }, new() { Content = "b", Logprobs = [logprob] },
        ]);
        string[] deltas = [.. sent.Where(e => e.Contains("_text.delta\n", StringComparison.Ordinal))];
        Assert.Equal(3, deltas.Length);
        foreach (var delta in deltas)
        {
            var lines = delta.Split("\ndata: ");
            var data = JsonSerializer.Deserialize(lines[1], ResponsesJsonContext.Instance.ResponseStreamEvent)!;
            Assert.Equal("event: " + data.Type, lines[0]);
            Assert.Equal(JsonSerializer.Serialize(data, ResponsesJsonContext.Instance.ResponseStreamEvent), lines[1]);
        }
    }

    [Fact]
    public async Task Failure_AfterTheBeginning_IsWrittenTwice()
    {
        var sent = await WrittenStream.ReadAsync(
            WriterOf(Request()), [new() { Content = "a" }], WrittenStream.Failure);
        var failed = WrittenStream.DataOf(sent[^2]);
        Assert.StartsWith("event: response.failed\n", sent[^2], StringComparison.Ordinal);
        Assert.Equal("failed", failed.GetProperty("response").GetProperty("status").GetString());
        Assert.Equal("broke", failed.GetProperty("response").GetProperty("error").GetProperty("message").GetString());
        var number = failed.GetProperty("sequence_number").GetInt32() + 1;
        Assert.Equal(ErrorEvent(number), sent[^1]);
    }

    /// <summary>Clients cut a stream in which no event comes; comments do not count.</summary>
    [Fact]
    public async Task KeepAlives_AreEvents_NumberedOn()
    {
        var writer = WriterOf(Request());
        using var bytes = new MemoryStream();
        using var output = new SseWriter(PipeWriter.Create(bytes));
        writer.WriteKeepAlive(output);
        writer.WriteKeepAlive(output);
        writer.Write(output, new() { Content = "a" });
        writer.WriteKeepAlive(output);
        writer.Write(output, Done());
        await output.FlushAsync();
        var events = Encoding.UTF8.GetString(bytes.ToArray()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries)
            .Select(WrittenStream.DataOf).ToList();
        Assert.Equal(
            [
                ResponseStreamEvent.Created, ResponseStreamEvent.InProgress, ResponseStreamEvent.InProgress,
                ResponseStreamEvent.ItemAdded, ResponseStreamEvent.PartAdded, ResponseStreamEvent.TextDelta,
                ResponseStreamEvent.InProgress,
                ResponseStreamEvent.TextDone, ResponseStreamEvent.PartDone, ResponseStreamEvent.ItemDone, ResponseStreamEvent.Completed,
            ],
            events.Select(TypeOf),
            StringComparer.Ordinal);
        Assert.Equal(Enumerable.Range(0, events.Count), events.Select(e => e.GetProperty("sequence_number").GetInt32()));
    }

    [Fact]
    public async Task Failure_BeforeTheBeginning_IsOnlyTheErrorEvent() => Assert.Equal(
        [ErrorEvent(0)],
        await WrittenStream.ReadAsync(WriterOf(Request()), [], WrittenStream.Failure));

    internal static CreateResponseRequest Request() => new() { Model = "m", Input = new ResponseInput { Text = "hi" } };

    /// <summary>Random ids and times are no part of a comparison.</summary>
    internal static string WithoutIds(string response)
    {
        var json = JsonNode.Parse(response)!;
        json["id"] = json["created_at"] = null;
        json["completed_at"] = json["completed_at"] is null ? null : 1;
        foreach (var item in json["output"]!.AsArray())
        {
            item!["id"] = null;
        }

        return json.ToJsonString(ContractSerialization.CreateOptions());
    }

    private static ResponseStreamWriter WriterOf(CreateResponseRequest request) =>
        new(request, Histories.Of(request), TimeProvider.System);

    private static string ErrorEvent(int number) =>
        $$$"""
        event: error
        data: {"type":"error","code":"upstream_error","message":"broke","param":null,"sequence_number":{{{number}}},"error":{"message":"broke","type":"server_error","param":null,"code":"upstream_error"}}
        """;

    private static ConversationUpdate Done() =>
        new() { IsDone = true, FinishReason = FinishReason.Stop, Usage = new TokenUsage(1, 2) };

    private static async Task<IReadOnlyList<JsonElement>> WriteAsync(
        CreateResponseRequest request, IEnumerable<ConversationUpdate> updates)
    {
        var sent = await WrittenStream.ReadAsync(WriterOf(request), updates);
        return [.. sent.Select(WrittenStream.DataOf)];
    }

    private static IEnumerable<JsonElement> OfType(IEnumerable<JsonElement> events, string type) =>
        events.Where(e => TypeOf(e) == type);

    private static string? TypeOf(JsonElement json) => json.GetProperty("type").GetString();

    private static string TextsOf(IEnumerable<JsonElement> output, string type, string parts) => string.Concat(
        output.Where(item => TypeOf(item) == type).Select(item => item.GetProperty(parts)[0].GetProperty("text").GetString()));
}
