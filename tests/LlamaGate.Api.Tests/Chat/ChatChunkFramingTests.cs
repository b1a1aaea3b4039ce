using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using CsCheck;
using LlamaGate.Api.Chat;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>The framing writes by hand what the serializer would write; nobody may see a difference.</summary>
public class ChatChunkFramingTests
{
    private static readonly string?[] Samples =
        [null, null, "", " two", "\"quoted\" \\ \n", "héllo 日本 🙂", "\u2028\u0001</script>"];

    private static readonly Gen<string?> Texts = Gen.Int[0, Samples.Length - 1].Select(index => Samples[index]);

    private static readonly Gen<ChunkDelta> Deltas = Gen.Select(Texts, Texts, Texts, Gen.Bool).Select((role, content, thinking, calls) => new ChunkDelta
    {
        Role = role,
        Content = content,
        ReasoningContent = thinking,
        Reasoning = thinking,
        ToolCalls = calls ? [new ChatCompletionToolCall { Index = 0, Id = "call_1", Function = new FunctionCall("f", "{}") }] : null,
    });

    private static readonly Gen<ChatCompletionChunk> Chunks =
        Gen.Select(Gen.Int[0, 7], Deltas, Texts, Gen.Int[0, 3], Gen.Bool).Select((index, delta, reason, usage, logprobs) => new ChatCompletionChunk
        {
            Id = "chatcmpl-\"1",
            Created = 1_703_123_456,
            Model = "llama3.2:3b/é",
            Usage = usage switch
            {
                0 => default,
                1 => new ChunkUsage(null),
                _ => new ChunkUsage(new CompletionUsage { PromptTokens = 1, CompletionTokens = 2, TotalTokens = 3 }),
            },
            Choice = usage == 3 ? null : new ChunkChoice
            {
                Index = index,
                Delta = delta,
                FinishReason = reason,
                Logprobs = logprobs ? new ChoiceLogprobs { Content = [] } : null,
            },
        });

    [Fact]
    public Task WriteEvent_OfAnyChunks_WritesWhatTheSerializerWrites() => Chunks.Array[1, 5].SampleAsync(async chunks => Assert.Equal(
        string.Concat(chunks.Select(chunk => $"data: {JsonSerializer.Serialize(chunk, ChatJsonContext.Instance.ChatCompletionChunk)}\n\n")),
        await WriteAsync(chunks)));

    private static async Task<string> WriteAsync(IEnumerable<ChatCompletionChunk> chunks)
    {
        await using var output = new MemoryStream();
        using var writer = new SseWriter(PipeWriter.Create(output));
        var framing = new ChatChunkFraming();
        foreach (var chunk in chunks)
        {
            framing.WriteEvent(writer, chunk);
        }

        await writer.FlushAsync();
        return Encoding.UTF8.GetString(output.ToArray());
    }
}
