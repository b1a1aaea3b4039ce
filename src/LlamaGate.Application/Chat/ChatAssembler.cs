using System.Text;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Chat;

/// <summary>Puts a chat's chunks together to the answer that they are, for the cache.</summary>
internal sealed class ChatAssembler : IStreamAssembler<ChatCompletionChunk, ChatCompletion>
{
    private readonly SortedDictionary<int, Choice> _choices = [];
    private ChatCompletionChunk _last;

    public void Add(ChatCompletionChunk chunk)
    {
        _last = chunk;
        if (chunk.Choice is { } piece)
        {
            if (!_choices.TryGetValue(piece.Index, out var choice))
            {
                _choices.Add(piece.Index, choice = new Choice());
            }

            choice.Add(piece);
        }
    }

    public ChatCompletion Complete(TokenUsage usage, IReadOnlyList<string> ignoredFields) => new()
    {
        Id = _last.Id,
        Created = _last.Created,
        Model = _last.Model,
        Choices = [.. _choices.Select(pair => pair.Value.ToChoice(pair.Key))],
        Usage = new CompletionUsage
        {
            PromptTokens = usage.PromptTokens,
            CompletionTokens = usage.CompletionTokens,
            TotalTokens = usage.TotalTokens,
        },
        IgnoredFields = ignoredFields,
    };

    private sealed class Choice
    {
        private readonly StringBuilder _content = new();
        private readonly StringBuilder _thinking = new();
        private readonly List<ChatCompletionToolCall> _calls = [];
        private readonly List<ChatTokenLogprob> _logprobs = [];
        private FunctionCall? _functionCall;
        private string? _finishReason;

        public void Add(ChunkChoice piece)
        {
            _content.Append(piece.Delta.Content);
            _thinking.Append(piece.Delta.ReasoningContent);
            _calls.AddRange(piece.Delta.ToolCalls ?? []);
            _logprobs.AddRange(piece.Logprobs?.Content ?? []);
            _functionCall = piece.Delta.FunctionCall ?? _functionCall;
            _finishReason = piece.FinishReason ?? _finishReason;
        }

        public ChatCompletionChoice ToChoice(int index)
        {
            var thinking = _thinking.Length == 0 ? null : _thinking.ToString();
            var called = _calls.Count > 0 || _functionCall is not null;
            return new ChatCompletionChoice
            {
                Index = index,
                Message = new ChatCompletionMessage
                {
                    Content = _content.Length == 0 && called ? null : _content.ToString(),
                    ReasoningContent = thinking,
                    Reasoning = thinking,
                    ToolCalls = _calls.Count == 0 ? null : [.. _calls.Select(call => call with { Index = null })],
                    FunctionCall = _functionCall,
                },
                Logprobs = _logprobs.Count == 0 ? null : new ChoiceLogprobs { Content = _logprobs },
                FinishReason = _finishReason ?? "stop",
            };
        }
    }
}
