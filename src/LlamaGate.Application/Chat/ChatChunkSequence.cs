using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Domain.Chat;

namespace LlamaGate.Application.Chat;

/// <summary>
/// Turns one choice's updates into OpenAI's chunks in OpenAI's order: the role first, then what came, then the reason why it ended.
/// Used by one stream, by one thread at a time.
/// </summary>
internal sealed class ChatChunkSequence(ChatCompletionChunk template, int choice, AnswerForm form)
{
    private bool _started;
    private int _calls;

    /// <summary>Appends the chunks that an update makes: none for an empty one, several for the first and the last.</summary>
    public void Append(ChatUpdate update, List<ChatCompletionChunk> chunks)
    {
        if (!_started)
        {
            _started = true;
            chunks.Add(Chunk(new ChunkDelta { Role = "assistant", Content = "" }));
        }

        if (ToDelta(update) is { } delta)
        {
            chunks.Add(Chunk(delta, logprobs: ChatAnswerMapping.ToLogprobs(update.Logprobs)));
        }

        if (update.IsDone)
        {
            chunks.Add(Chunk(new ChunkDelta(), ChatAnswerMapping.ToFinishReason(update.FinishReason, _calls > 0, form)));
        }
    }

    private ChunkDelta? ToDelta(ChatUpdate update)
    {
        var calls = form.Limit(update.ToolCalls, _calls);
        var firstIndex = _calls;
        _calls += calls.Count;
        var thinking = string.IsNullOrEmpty(update.Thinking) ? null : update.Thinking;
        // Log probabilities may come with no text (a token held back): they must not get lost.
        var content = update.Content.Length > 0 || (update.Logprobs is not null && thinking is null) ? update.Content : null;
        if (content is null && thinking is null && calls.Count == 0)
        {
            return null;
        }

        return new ChunkDelta
        {
            Content = content,
            ReasoningContent = thinking,
            Reasoning = thinking,
            ToolCalls = calls.Count > 0 && !form.UsesFunctions
                ? [.. calls.Select((call, i) => ChatAnswerMapping.ToToolCall(call, firstIndex + i))]
                : null,
            FunctionCall = calls.Count > 0 && form.UsesFunctions ? ChatAnswerMapping.ToFunctionCall(calls[0]) : null,
        };
    }

    private ChatCompletionChunk Chunk(ChunkDelta delta, string? finishReason = null, ChoiceLogprobs? logprobs = null) => template with
    {
        Choice = new ChunkChoice { Index = choice, Delta = delta, FinishReason = finishReason, Logprobs = logprobs },
    };
}
