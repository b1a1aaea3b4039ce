using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CsCheck;
using LlamaGate.Application.Dialects;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

public class ChatCompletionStreamWriterTests
{
    private const string OneCall = "\"parallel_tool_calls\":false";
    private const string Functions = "\"functions\":[{\"name\":\"f\"}]";

    private static readonly ToolCall Call = new("", "f", "{}");

    /// <summary>Some need escapes and some do not.</summary>
    private static readonly Gen<string> Texts = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 1, 20],
        Gen.String[Gen.Char['\u0001', '\ud7ff'], 1, 20],
        Gen.Const("\"<é\n"),
        Gen.Const("é 🙂"));

    [Fact]
    public void Write_OfTextThenEnd_IsRoleTextReason()
    {
        var chunks = Run("", new ConversationUpdate { Content = "a" }, new ConversationUpdate { IsDone = true, FinishReason = FinishReason.Length });
        Assert.Equal(["assistant", null, null], chunks.Select(c => c.Delta.Role), StringComparer.Ordinal);
        Assert.Equal(["", "a", null], chunks.Select(c => c.Delta.Content), StringComparer.Ordinal);
        Assert.Equal([null, null, "length"], chunks.Select(c => c.FinishReason), StringComparer.Ordinal);
    }

    [Fact]
    public void Write_OfEverythingOnTheDoneLine_IsRoleDeltaReason()
    {
        var chunks = Run("", new ConversationUpdate { Content = "a", Thinking = "t", ToolCalls = [Call, Call], IsDone = true });
        Assert.Equal(3, chunks.Count);
        Assert.Equal(("a", "t", "t"), (chunks[1].Delta.Content, chunks[1].Delta.ReasoningContent, chunks[1].Delta.Reasoning));
        Assert.Equal([0, 1], chunks[1].Delta.ToolCalls!.Select(c => c.Index!.Value));
        Assert.Equal("tool_calls", chunks[2].FinishReason);
    }

    [Fact]
    public async Task Failure_InAStream_IsTheEnvelopeThenTheEndOfEachOpenChoice()
    {
        var request = new ChatCompletionRequest { Model = "m", N = 3 };
        var sent = await WrittenStream.ReadAsync(
            new ChatCompletionStreamWriter(request, TimeProvider.System),
            [new() { Call = 1, IsDone = true, FinishReason = FinishReason.Stop }],
            WrittenStream.Failure);
        Assert.StartsWith("data: {\"error\":", sent[^3], StringComparison.Ordinal);
        var ends = sent.Skip(sent.Count - 2).Select(chunk => WrittenStream.DataOf(chunk).GetProperty("choices")[0].GetRawText());
        Assert.Equal(
            [
                """{"index":0,"delta":{},"logprobs":null,"finish_reason":"error"}""",
                """{"index":2,"delta":{},"logprobs":null,"finish_reason":"error"}""",
            ],
            ends,
            StringComparer.Ordinal);
    }

    [Fact]
    public void Write_OfCallsOnSeveralLines_CountsThem()
    {
        var chunks = Run(
            "", new ConversationUpdate { ToolCalls = [Call] }, new ConversationUpdate { ToolCalls = [Call] }, new ConversationUpdate { IsDone = true });
        Assert.Equal([0, 1], chunks.Where(c => c.Delta.ToolCalls is not null).Select(c => c.Delta.ToolCalls![0].Index!.Value));
    }

    [Fact]
    public void Write_OfACallWithoutId_MakesOnesThatDiffer()
    {
        var calls = Run("", new ConversationUpdate { ToolCalls = [Call, Call], IsDone = true })[1].Delta.ToolCalls!;
        Assert.All(calls, c => Assert.Matches("^call_[A-Za-z0-9]{24}$", c.Id));
        Assert.NotEqual(calls[0].Id, calls[1].Id, StringComparer.Ordinal);
    }

    [Fact]
    public void Write_OfEmptyUpdates_IsNothingButTheRole() =>
        Assert.Single(Run("", new ConversationUpdate(), new ConversationUpdate { Thinking = "" }));

    [Fact]
    public void Write_OfLogprobsWithoutText_KeepsThem()
    {
        var chunks = Run("", new ConversationUpdate { Logprobs = [new TokenLogprob("x", -1, null, [])] });
        Assert.Equal("", chunks[1].Delta.Content);
        Assert.Equal("x", Assert.Single(chunks[1].Logprobs!.Content).Token);
    }

    [Theory]
    [InlineData(true, "function_call")]
    [InlineData(false, "tool_calls")]
    public void Write_WhenOneCallIsWanted_GivesTheFirstOnly(bool functions, string reason)
    {
        var chunks = Run(
            functions ? Functions : OneCall,
            new ConversationUpdate { ToolCalls = [Call, Call] }, new ConversationUpdate { ToolCalls = [Call] }, new ConversationUpdate { IsDone = true });
        Assert.Equal(3, chunks.Count);
        Assert.Equal(functions, chunks[1].Delta.FunctionCall is not null);
        Assert.Equal(functions ? null : 1, chunks[1].Delta.ToolCalls?.Count);
        Assert.Equal(reason, chunks[2].FinishReason);
    }

    [Theory]
    [InlineData(FinishReason.Stop, false, "stop")]
    [InlineData(FinishReason.Stop, true, "tool_calls")]
    [InlineData(FinishReason.Length, true, "length")]
    [InlineData(null, false, "stop")]
    public void ToFinishReason_OfEachEnd_IsOpenAIs(FinishReason? reason, bool called, string expected) =>
        Assert.Equal(expected, default(ChatForm).ToFinishReason(reason, called));

    [Theory]
    [InlineData(0, "\"n\":2")]
    [InlineData(1, "\"n\":2")]
    [InlineData(0, "\"stream_options\":{\"include_usage\":true}")]
    public void Write_OfAnyText_IsWhatTheSerializerWrites(int choice, string fields) => Texts.Sample(content =>
    {
        var text = Write(fields, new ConversationUpdate { Call = choice, Content = content }).Split("\n\n")[1]["data: ".Length..];
        var chunk = JsonSerializer.Deserialize(text, ChatJsonContext.Instance.ChatCompletionChunk);
        Assert.Equal(text, JsonSerializer.Serialize(chunk, ChatJsonContext.Instance.ChatCompletionChunk));
        Assert.Equal((choice, content), (chunk.Choices[0].Index, chunk.Choices[0].Delta.Content));
    });

    [Fact]
    public void WriteEnd_WithIncludeUsage_CountsThePromptOnceAndSaysNullBefore()
    {
        var end = new ConversationUpdate { IsDone = true, Usage = new TokenUsage(5, 2) };
        var lines = Write(
            "\"n\":2,\"stream_options\":{\"include_usage\":true}",
            end, new ConversationUpdate { Call = 1, IsDone = true, Usage = new TokenUsage(5, 3) }).Split("\n\n");
        Assert.All(lines[..4], line => Assert.EndsWith("\"usage\":null}", line, StringComparison.Ordinal));
        Assert.EndsWith(
            "\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":5,\"total_tokens\":10}}", lines[4], StringComparison.Ordinal);
        Assert.Equal("data: [DONE]", lines[5]);
    }

    private static string Write(string fields, params ConversationUpdate[] updates)
    {
        var pipe = new Pipe();
        using var output = new SseWriter(pipe.Writer);
        var writer = new ChatCompletionStreamWriter(Requests.With(fields), TimeProvider.System);
        foreach (var update in updates)
        {
            writer.Write(output, update);
        }

        writer.WriteEnd(output);
        Assert.True(output.FlushAsync().AsTask().IsCompletedSuccessfully);
        Assert.True(pipe.Reader.TryRead(out var read));
        return Encoding.UTF8.GetString(read.Buffer);
    }

    private static List<ChunkChoice> Run(string fields, params ConversationUpdate[] updates)
    {
        var events = Write(fields, updates).Split("\n\n")[..^2];
        var chunks = events
            .Select(text => JsonSerializer.Deserialize(text["data: ".Length..], ChatJsonContext.Instance.ChatCompletionChunk)).ToList();
        Assert.Single(chunks.Select(chunk => chunk.Id).Distinct(StringComparer.Ordinal));
        return [.. chunks.Select(chunk => Assert.Single(chunk.Choices))];
    }
}
