using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Chat;

/// <summary>A whole answer as the stream that it would have been.</summary>
internal static class ChatReplay
{
    public static IEnumerable<ChatCompletionChunk> ToChunks(ChatCompletion answer, bool includesUsage)
    {
        var template = new ChatCompletionChunk
        {
            Id = answer.Id,
            Created = answer.Created,
            Model = answer.Model,
            Usage = includesUsage ? new ChunkUsage(null) : default,
        };
        foreach (var choice in answer.Choices)
        {
            yield return With(template, choice.Index, new ChunkDelta { Role = "assistant", Content = "" });
            foreach (var delta in ToDeltas(choice.Message))
            {
                var logprobs = delta.Content is null ? null : choice.Logprobs;
                yield return With(template, choice.Index, delta, logprobs);
            }

            yield return With(template, choice.Index, new ChunkDelta(), finishReason: choice.FinishReason);
        }

        if (includesUsage)
        {
            yield return template with { Usage = new ChunkUsage(answer.Usage) };
        }
    }

    private static IEnumerable<ChunkDelta> ToDeltas(ChatCompletionMessage message)
    {
        if (message.ReasoningContent is { } thinking)
        {
            yield return new ChunkDelta { ReasoningContent = thinking, Reasoning = thinking };
        }

        if (!string.IsNullOrEmpty(message.Content))
        {
            yield return new ChunkDelta { Content = message.Content };
        }

        if (message.ToolCalls is { } calls)
        {
            yield return new ChunkDelta { ToolCalls = [.. calls.Select((call, index) => call with { Index = index })] };
        }

        if (message.FunctionCall is { } call)
        {
            yield return new ChunkDelta { FunctionCall = call };
        }
    }

    private static ChatCompletionChunk With(
        ChatCompletionChunk template, int choice, ChunkDelta delta, ChoiceLogprobs? logprobs = null, string? finishReason = null) =>
        template with
        {
            Choice = new ChunkChoice { Index = choice, Delta = delta, Logprobs = logprobs, FinishReason = finishReason },
        };
}
