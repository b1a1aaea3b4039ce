using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Conversations;

/// <summary>Of several answers to a request those with the highest log probability per token.</summary>
internal static class BestOf
{
    /// <summary>The best first; all in their order when there is nothing to choose.</summary>
    public static IEnumerable<AnswerChoice> Select(IReadOnlyList<AnswerChoice> candidates, int choices) =>
        candidates.Count == choices ? candidates : candidates.OrderByDescending(MeanLogprob).Take(choices);

    private static double MeanLogprob(AnswerChoice answer) => answer switch
    {
        { Logprobs: { Count: > 0 } tokens } => tokens.Average(token => token.Logprob),
        // An empty answer has nothing in its favour.
        { Content.Length: 0 } => double.NegativeInfinity,
        _ => throw new GatewayException(
            GatewayError.UpstreamError,
            "Ollama returned no log probabilities, which best_of needs. Ollama before 0.12.11 does not provide them."),
    };
}
