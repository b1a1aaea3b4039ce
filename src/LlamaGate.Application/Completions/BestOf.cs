using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Completions;

/// <summary>OpenAI's <c>best_of</c>: of several answers to a prompt those with the highest log probability per token.</summary>
internal static class BestOf
{
    /// <summary>The best first; all in their order when there is nothing to choose.</summary>
    public static IReadOnlyList<GenerateUpdate> Select(IReadOnlyList<GenerateUpdate> candidates, int choices) =>
        candidates.Count == choices ? candidates : [.. candidates.OrderByDescending(MeanLogprob).Take(choices)];

    private static double MeanLogprob(GenerateUpdate answer) => answer switch
    {
        { Logprobs: { Count: > 0 } tokens } => tokens.Average(token => token.Logprob),
        // Nothing was said, so nothing speaks for it.
        { Text.Length: 0 } => double.NegativeInfinity,
        _ => throw new GatewayException(
            GatewayError.UpstreamError, "Ollama told no log probabilities, by which best_of chooses. Versions before 0.12.11 have none."),
    };
}
