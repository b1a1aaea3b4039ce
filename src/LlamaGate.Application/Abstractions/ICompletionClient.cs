using LlamaGate.Domain.Completions;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Abstractions;

/// <summary>The upstream's answers to single prompts. Failures and leaving callers are as in <see cref="IOllamaClient"/>.</summary>
public interface ICompletionClient
{
    /// <summary>Asks and waits for the whole answer.</summary>
    Task<GenerateUpdate> GenerateAsync(GenerateRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Asks and hands on each piece as it comes. Nothing is sent before enumeration; the last update is done, and a stream that
    /// ends without it throws <see cref="GatewayError.UpstreamIncomplete"/>.
    /// </summary>
    IAsyncEnumerable<GenerateUpdate> StreamGenerateAsync(GenerateRequest request, CancellationToken cancellationToken);
}
