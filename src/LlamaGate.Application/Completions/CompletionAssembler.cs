using System.Text;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Completions;

/// <summary>Puts a completion's chunks together to the answer that they are, for the cache.</summary>
internal sealed class CompletionAssembler : IStreamAssembler<Completion, Completion>
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private Completion? _last;

    public void Add(Completion chunk)
    {
        _last = chunk;
        foreach (var piece in chunk.Choices)
        {
            if (!_choices.TryGetValue(piece.Index, out var choice))
            {
                _choices.Add(piece.Index, choice = new Choice());
            }

            choice.Add(piece);
        }
    }

    public Completion Complete(TokenUsage usage, IReadOnlyList<string> ignoredFields) => _last! with
    {
        Choices = [.. _choices.Select(pair => pair.Value.ToChoice(pair.Key))],
        Usage = new ChunkUsage(new CompletionUsage
        {
            PromptTokens = usage.PromptTokens,
            CompletionTokens = usage.CompletionTokens,
            TotalTokens = usage.TotalTokens,
        }),
    };

    private sealed class Choice
    {
        private readonly StringBuilder _text = new();
        private readonly StringBuilder _thinking = new();
        private readonly List<CompletionLogprobs> _logprobs = [];
        private string? _finishReason;

        public void Add(CompletionChoice piece)
        {
            _text.Append(piece.Text);
            _thinking.Append(piece.Reasoning);
            _finishReason = piece.FinishReason ?? _finishReason;
            if (piece.Logprobs is { } logprobs)
            {
                _logprobs.Add(logprobs);
            }
        }

        public CompletionChoice ToChoice(int index) => new()
        {
            Text = _text.ToString(),
            Index = index,
            Logprobs = _logprobs.Count == 0 ? null : Join(_logprobs),
            FinishReason = _finishReason,
            Reasoning = _thinking.Length == 0 ? null : _thinking.ToString(),
        };

        private static CompletionLogprobs Join(List<CompletionLogprobs> pieces) => new()
        {
            Tokens = [.. pieces.SelectMany(piece => piece.Tokens)],
            TokenLogprobs = [.. pieces.SelectMany(piece => piece.TokenLogprobs)],
            TopLogprobs = pieces[0].TopLogprobs is null ? null : [.. pieces.SelectMany(piece => piece.TopLogprobs!)],
            TextOffset = [.. pieces.SelectMany(piece => piece.TextOffset)],
        };
    }
}
