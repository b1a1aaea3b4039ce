using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>
/// The domain's updates → OpenAI's chunks: for each choice the echoed prompt first, then the content, then the finish
/// reason. The beginning that all chunks share is serialized once. A streamed request has no candidates beyond its choices, so
/// the number of a call is the index of its choice.
/// </summary>
public sealed class CompletionStreamWriter : IStreamWriter
{
    private static readonly CompletionsJsonContext Json = CompletionsJsonContext.Instance;

    private readonly CreateCompletionRequest _request;
    private readonly int _choicesPerPrompt;
    private readonly bool _includesUsage;
    private readonly Completion _template;
    private readonly byte[] _start;
    private readonly Choice[] _choices;
    private readonly UsageCounter _usage;

    /// <param name="request">Valid.</param>
    public CompletionStreamWriter(CreateCompletionRequest request, TimeProvider timeProvider)
    {
        var prompts = request.Prompt!.Texts.Count;
        _request = request;
        _choicesPerPrompt = request.N ?? 1;
        _includesUsage = request.StreamOptions?.IncludeUsage is true;
        _template = CompletionWriter.NewCompletion(request, timeProvider);
        var start = JsonSerializer.SerializeToUtf8Bytes(_template, Json.Completion);
        _start = [.. "data: "u8, .. start.AsSpan()[..^"]}"u8.Length]];
        _choices = new Choice[prompts * _choicesPerPrompt];
        _usage = new UsageCounter(prompts, candidates: _choicesPerPrompt);
    }

    public void Write(SseWriter output, ConversationUpdate update)
    {
        ref var choice = ref _choices[update.Call];
        if (_request.Echo is true && !choice.IsEchoed)
        {
            choice.IsEchoed = true;
            var prompt = _request.Prompt!.Texts[update.Call / _choicesPerPrompt];
            WriteChoice(output, new() { Text = prompt, Index = update.Call });
        }

        var thinking = string.IsNullOrEmpty(update.Thinking) ? null : update.Thinking;
        var logprobs = ToLogprobs(update, thinking is not null, ref choice);
        if (update.Content.Length > 0 || thinking is not null || logprobs is not null)
        {
            WriteChoice(output, new() { Text = update.Content, Index = update.Call, Logprobs = logprobs, Reasoning = thinking });
        }

        if (update.IsDone)
        {
            choice.IsFinished = true;
            _usage.Add(update.Call, update.Usage);
            var reason = CompletionWriter.ToFinishReason(update.FinishReason);
            WriteChoice(output, new() { Text = "", Index = update.Call, FinishReason = reason });
        }
    }

    public void WriteEnd(SseWriter output)
    {
        if (_includesUsage)
        {
            var usage = CompletionUsage.Of(_usage.Total ?? new TokenUsage(0, 0));
            output.WriteEvent(_template with { Usage = new ChunkUsage(usage) }, Json.Completion);
        }

        output.WriteDone();
    }

    /// <summary>The error, then a finish reason for each choice that has none: some clients ignore the error.</summary>
    public void WriteFailure(SseWriter output, DialectError error)
    {
        output.WriteEvent(error.Body.Span);
        for (var index = 0; index < _choices.Length; index++)
        {
            if (!_choices[index].IsFinished)
            {
                WriteChoice(output, new() { Text = "", Index = index, FinishReason = "error" });
            }
        }
    }

    private CompletionLogprobs? ToLogprobs(ConversationUpdate update, bool isThinking, ref Choice choice)
    {
        if (isThinking)
        {
            // A cached answer has all tokens with the content.
            choice.HasUnscoredThinking |= update.Logprobs is null;
        }

        // Thinking has tokens too, but they do not belong in these lists, whose offsets refer to the text.
        if (_request.Logprobs is not { } top || update.Logprobs is not { } tokens || (isThinking && update.Content.Length == 0))
        {
            return null;
        }

        var ofContent = isThinking || choice.HasUnscoredThinking ? ContentTokens.Of(tokens, update.Content) : tokens;
        var logprobs = CompletionLogprobsMapping.ToLogprobs(ofContent, top, choice.Offset);
        choice.Offset += ofContent.Sum(token => ContentTokens.LengthOf(token.Token));
        return logprobs;
    }

    private void WriteChoice(SseWriter output, CompletionChoice choice)
    {
        output.Pending.Write(_start);
        JsonSerializer.Serialize(output.StartJson(), choice, Json.CompletionChoice);
        output.Pending.Write(_includesUsage ? "],\"usage\":null}\n\n"u8 : "]}\n\n"u8);
    }

    private struct Choice
    {
        public bool IsEchoed;
        public bool IsFinished;
        public bool HasUnscoredThinking;

        /// <summary>Where the next token begins in the text.</summary>
        public int Offset;
    }
}
