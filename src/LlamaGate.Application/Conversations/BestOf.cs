using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Conversations;

/// <summary>Selects those answers to a request that have the highest log probability per token.</summary>
internal static class BestOf
{
    /// <summary>The best first; all in their original order when no selection is needed.</summary>
    public static IEnumerable<AnswerChoice> Select(IReadOnlyList<AnswerChoice> candidates, int choices) =>
        candidates.Count == choices ? candidates : candidates.OrderByDescending(MeanLogprob).Take(choices);

    private static double MeanLogprob(AnswerChoice answer) => answer switch
    {
        { Logprobs: { Count: > 0 } tokens } => tokens.Average(token => token.Logprob),
        // An empty answer ranks last.
        { Content.Length: 0 } => double.NegativeInfinity,
        _ => throw new GatewayException(
            GatewayError.UpstreamError,
            "Ollama returned no log probabilities, which best_of needs. Ollama before 0.12.11 does not provide them."),
    };
}
