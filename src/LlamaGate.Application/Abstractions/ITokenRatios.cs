using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Abstractions;

/// <summary>How many bytes of text make a token, model by model, learned from what Ollama counts. Bounded; it may forget.</summary>
public interface ITokenRatios
{
    /// <summary>UTF-8 bytes for each token; 4 for a model of which nothing is known.</summary>
    /// <param name="model">The model's own name.</param>
    double BytesPerToken(string model);

    /// <summary>Takes account of a prompt that a model has read.</summary>
    /// <param name="promptTokens">As Ollama counted them.</param>
    void Learn(string model, ChatPrompt prompt, int promptTokens);
}
