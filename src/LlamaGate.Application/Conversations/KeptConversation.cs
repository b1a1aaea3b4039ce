using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>A cached answer, replayed as updates.</summary>
internal sealed class KeptConversation(ConversationAnswer answer) : ConversationStream
{
    private IEnumerator<ConversationUpdate>? _updates;

    // Not null: read after a move.
    public override ConversationUpdate Current => _updates!.Current;

    public override IReadOnlyList<RequestField> Ignored => answer.Ignored;

    public override TokenUsage? Usage => answer.Usage;

    /// <summary>Ollama's times belong to another request.</summary>
    public override GenerationTimings? Timings => null;

    public override TimeSpan? TimeToFirstToken => null;

    public override TimeSpan? UpstreamTime => null;

    public override int? ExceededContext => answer.ExceededContext;

    public override ValueTask<bool> MoveNextAsync() => new((_updates ??= Replay().GetEnumerator()).MoveNext());

    public override ValueTask<ConversationAnswer> ReadToEndAsync() => new(answer);

    protected override ValueTask LeaveAsync()
    {
        _updates?.Dispose();
        return ValueTask.CompletedTask;
    }

    private IEnumerable<ConversationUpdate> Replay()
    {
        for (var call = 0; call < answer.Choices.Count; call++)
        {
            var choice = answer.Choices[call];
            if (choice.Thinking is not null)
            {
                yield return new ConversationUpdate { Call = call, Thinking = choice.Thinking };
            }

            if (choice.Content.Length > 0)
            {
                yield return new ConversationUpdate { Call = call, Content = choice.Content, Logprobs = choice.Logprobs };
            }

            yield return new ConversationUpdate
            {
                Call = call,
                ToolCalls = choice.ToolCalls,
                IsDone = true,
                FinishReason = choice.FinishReason,
                Usage = UsageOf(call),
            };
        }
    }

    /// <summary>The counts cover all calls together, so they are sent once, with the last update.</summary>
    private TokenUsage? UsageOf(int call) => call == answer.Choices.Count - 1 ? answer.Usage : null;
}
