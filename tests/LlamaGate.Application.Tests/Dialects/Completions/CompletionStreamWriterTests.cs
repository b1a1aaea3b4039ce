using System.Text.Json;
using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.Completions;

public class CompletionStreamWriterTests
{
    [Fact]
    public async Task Replay_OfAKeptAnswer_IsAChunkForEachPart()
    {
        TokenLogprob[] logprobs = [new("hm", -3, null, []), new("a", -1, null, []), new("b", -2, null, [])];
        var chunks = await ChoicesAsync(Request() with { Logprobs = 0 }, [
            new() { Thinking = "hm" },
            new() { Content = "ab", Logprobs = logprobs },
            new() { IsDone = true, FinishReason = FinishReason.Length, Usage = new TokenUsage(3, 4) },
        ]);
        Assert.Equal(
            [
                """{"text":"","index":0,"logprobs":null,"finish_reason":null,"reasoning":"hm"}""",
                """{"text":"ab","index":0,"logprobs":{"tokens":["a","b"],"token_logprobs":[-1,-2],"top_logprobs":null,"text_offset":[0,1]},"finish_reason":null}""",
                """{"text":"","index":0,"logprobs":null,"finish_reason":"length"}""",
            ],
            chunks,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Logprobs_WithTheirThinking_LeaveItOutAndCountOn()
    {
        var chunks = await ChoicesAsync(Request() with { Logprobs = 0 }, [
            new() { Thinking = "hm", Logprobs = [new("hm", -3, null, [])] },
            new() { Content = "", Logprobs = [new("é", -1, null, [])] },
            new() { Content = "éb", Logprobs = [new("b", -2, null, [])] },
        ]);
        Assert.Equal(
            [
                """{"text":"","index":0,"logprobs":null,"finish_reason":null,"reasoning":"hm"}""",
                """{"text":"","index":0,"logprobs":{"tokens":["é"],"token_logprobs":[-1],"top_logprobs":null,"text_offset":[0]},"finish_reason":null}""",
                """{"text":"éb","index":0,"logprobs":{"tokens":["b"],"token_logprobs":[-2],"top_logprobs":null,"text_offset":[1]},"finish_reason":null}""",
            ],
            chunks,
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Echo_OfEachChoice_IsItsPromptAndComesFirst()
    {
        var request = Request() with { Prompt = new TextInput(["p", "q"], IsArray: true), N = 2, Echo = true };
        var chunks = await ChoicesAsync(
            request, [new() { Call = 3, Content = "a" }, new() { Call = 1 }, new() { Call = 3, Content = "b" }]);
        var texts = chunks.Select(chunk => JsonElement.Parse(chunk)).Select(c => $"{c.GetProperty("index")} {c.GetProperty("text")}");
        Assert.Equal(["3 q", "3 a", "1 p", "3 b"], texts, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Usage_OfSeveralCalls_CountsEachPromptOnceAndStandsInTheLastChunkOnly()
    {
        var request = Request() with
        {
            Prompt = new TextInput(["p", "q"], IsArray: true),
            N = 2,
            StreamOptions = new() { IncludeUsage = true },
        };
        var sent = await WrittenStream.ReadAsync(
            new CompletionStreamWriter(request, TimeProvider.System),
            Enumerable.Range(0, 4).Select(call =>
                new ConversationUpdate { Call = call, IsDone = true, Usage = new TokenUsage(10 + call, 1) }));
        Assert.Equal(6, sent.Count);
        Assert.All(sent.Take(4), chunk => Assert.EndsWith("],\"usage\":null}", chunk, StringComparison.Ordinal));
        Assert.EndsWith(
            """
            "choices":[],"usage":{"prompt_tokens":24,"completion_tokens":4,"total_tokens":28}}
            """,
            sent[4],
            StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", sent[5]);
    }

    [Fact]
    public async Task Failure_InAStream_IsTheEnvelopeThenTheEndOfEachOpenChoice()
    {
        var sent = await WrittenStream.ReadAsync(
            new CompletionStreamWriter(Request() with { N = 3 }, TimeProvider.System),
            [new() { Call = 1, IsDone = true, FinishReason = FinishReason.Stop }],
            WrittenStream.Failure);
        var ends = sent.Skip(sent.Count - 2).Select(chunk => WrittenStream.DataOf(chunk).GetProperty("choices")[0].GetRawText());
        Assert.Equal(
            [
                """{"text":"","index":0,"logprobs":null,"finish_reason":"error"}""",
                """{"text":"","index":2,"logprobs":null,"finish_reason":"error"}""",
            ],
            ends,
            StringComparer.Ordinal);
        Assert.Equal(
            """data: {"error":{"message":"broke","type":"server_error","param":null,"code":"upstream_error"}}""", sent[^3]);
    }

    /// <summary>A chunk is the plain completion of one choice.</summary>
    [Fact]
    public async Task Chunk_BesideItsChoice_IsWhatTheSerializerWrites()
    {
        var sent = await WrittenStream.ReadAsync(
            new CompletionStreamWriter(Request(), TimeProvider.System), [new() { Content = "<é\n" }]);
        var data = sent[0]["data: ".Length..];
        var chunk = JsonSerializer.Deserialize(data, CompletionsJsonContext.Instance.Completion)!;
        Assert.Equal(JsonSerializer.Serialize(chunk, CompletionsJsonContext.Instance.Completion), data);
        Assert.StartsWith("cmpl-", chunk.Id, StringComparison.Ordinal);
    }

    internal static CreateCompletionRequest Request() => new() { Model = "m", Prompt = new TextInput(["p"], IsArray: false) };

    private static async Task<IEnumerable<string>> ChoicesAsync(
        CreateCompletionRequest request, IEnumerable<ConversationUpdate> updates)
    {
        var sent = await WrittenStream.ReadAsync(new CompletionStreamWriter(request, TimeProvider.System), updates);
        return sent.SkipLast(1).Select(chunk => WrittenStream.DataOf(chunk).GetProperty("choices")[0].GetRawText());
    }
}
