using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Completions;

/// <summary>A whole answer as the stream that it would have been.</summary>
internal static class CompletionReplay
{
    public static IEnumerable<Completion> ToChunks(Completion answer, bool includesUsage)
    {
        var template = answer with { Choices = [], Usage = includesUsage ? new ChunkUsage(null) : default };
        foreach (var choice in answer.Choices)
        {
            if (choice.Reasoning is not null)
            {
                yield return template with { Choices = [new() { Text = "", Index = choice.Index, Reasoning = choice.Reasoning }] };
            }

            if (choice.Text.Length > 0)
            {
                yield return template with { Choices = [choice with { Reasoning = null, FinishReason = null }] };
            }

            yield return template with { Choices = [new() { Text = "", Index = choice.Index, FinishReason = choice.FinishReason }] };
        }

        if (includesUsage)
        {
            yield return template with { Usage = answer.Usage };
        }
    }
}
