using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Domain.Completions;

namespace LlamaGate.Application.Completions;

/// <summary>
/// Turns one choice's updates into chunks: the echoed prompt first, then what came, then the reason why it ended. Used by one
/// stream, by one thread at a time.
/// </summary>
/// <param name="template">The chunk without its choice.</param>
/// <param name="echo">The prompt, when it is asked back.</param>
/// <param name="topLogprobs">How many alternatives to each token; null when log probabilities are not asked for.</param>
internal sealed class CompletionChunkSequence(Completion template, int choice, string? echo, int? topLogprobs)
{
    private string? _echo = echo;
    private int _offset;

    /// <summary>Appends the chunks that an update makes: none for an empty one, several for the first and the last.</summary>
    public void Append(GenerateUpdate update, List<Completion> chunks)
    {
        if (_echo is { } prompt)
        {
            // Not before something has come: a failure until then has a status of its own.
            _echo = null;
            chunks.Add(Chunk(new CompletionChoice { Text = prompt, Index = choice }));
        }

        var thinking = string.IsNullOrEmpty(update.Thinking) ? null : update.Thinking;
        var logprobs = ToLogprobs(update, thinking);
        if (update.Text.Length > 0 || thinking is not null || logprobs is not null)
        {
            chunks.Add(Chunk(new CompletionChoice { Text = update.Text, Index = choice, Logprobs = logprobs, Reasoning = thinking }));
        }

        if (update.IsDone)
        {
            var reason = CompletionMapping.ToFinishReason(update.FinishReason);
            chunks.Add(Chunk(new CompletionChoice { Text = "", Index = choice, FinishReason = reason }));
        }
    }

    private CompletionLogprobs? ToLogprobs(GenerateUpdate update, string? thinking)
    {
        // Thinking has tokens too, but no place in these lists, whose offsets lead into the text.
        if (topLogprobs is not { } top || update.Logprobs is not { } tokens || (thinking is not null && update.Text.Length == 0))
        {
            return null;
        }

        var logprobs = CompletionLogprobsMapping.ToLogprobs(CompletionLogprobsMapping.OfText(tokens, update), top, _offset);
        _offset += logprobs.Tokens.Sum(CompletionLogprobsMapping.LengthOf);
        return logprobs;
    }

    private Completion Chunk(CompletionChoice piece) => template with { Choices = [piece] };
}
