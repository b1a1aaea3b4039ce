using System.Text;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Conversations;

/// <summary>Assembles the updates of a conversation into the complete answer.</summary>
internal sealed class ConversationAssembler(ConversationBatch batch)
{
    private readonly Choice[] _calls = new Choice[batch.Calls];
    private readonly UsageCounter _usage = new(batch);
    private GenerationTimings? _timings;

    /// <summary>The answer of which the updates stand behind a node.</summary>
    public static ConversationAnswer Assemble(ConversationBatch batch, UpdateNode? first)
    {
        var assembler = new ConversationAssembler(batch);
        for (var node = first?.Next; node?.Update is { } update; node = node.Next)
        {
            assembler.Add(update);
        }

        return assembler.ToAnswer();
    }

    public void Add(ConversationUpdate update)
    {
        _calls[update.Call].Add(update);
        _usage.Add(update.Call, update.Usage);
        _timings ??= update.Timings;
    }

    public ConversationAnswer ToAnswer() => new(ToChoices(), _usage.Total ?? new TokenUsage(0, 0), _timings);

    private AnswerChoice[] ToChoices()
    {
        var answers = Array.ConvertAll(_calls, call => call.ToAnswer());
        return batch.Candidates == batch.Choices
            ? answers
            : [.. answers.Chunk(batch.Candidates).SelectMany(candidates => BestOf.Select(candidates, batch.Choices))];
    }

    /// <summary>A text of one piece, which is most plain tool answers, is not copied.</summary>
    private struct Text
    {
        private string? _only;
        private StringBuilder? _pieces;

        public void Add(string? piece)
        {
            if (string.IsNullOrEmpty(piece))
            {
                return;
            }

            if (_only is null)
            {
                _only = piece;
                return;
            }

            (_pieces ??= new StringBuilder(_only)).Append(piece);
        }

        public override readonly string? ToString() => _pieces?.ToString() ?? _only;
    }

    private struct Choice
    {
        private Text _content;
        private Text _thinking;
        private List<ToolCall>? _calls;
        private List<TokenLogprob>? _logprobs;
        private FinishReason? _finishReason;

        public void Add(ConversationUpdate update)
        {
            _content.Add(update.Content);
            _thinking.Add(update.Thinking);
            _finishReason = update.FinishReason ?? _finishReason;
            if (update.ToolCalls.Count > 0)
            {
                (_calls ??= []).AddRange(update.ToolCalls);
            }

            if (update.Logprobs is { Count: > 0 } logprobs)
            {
                (_logprobs ??= []).AddRange(logprobs);
            }
        }

        public readonly AnswerChoice ToAnswer() => new(
            _content.ToString() ?? "",
            _thinking.ToString(),
            _calls ?? (IReadOnlyList<ToolCall>)[],
            _logprobs,
            _finishReason);
    }
}
