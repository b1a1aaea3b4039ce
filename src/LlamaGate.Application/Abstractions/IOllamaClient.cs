using LlamaGate.Domain.Chat;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Health;
using LlamaGate.Domain.Models;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// The upstream. Every failure is a <see cref="GatewayException"/>; a caller that leaves is an
/// <see cref="OperationCanceledException"/>, and the upstream call ends with it.
/// </summary>
public interface IOllamaClient
{
    /// <summary>Where Ollama is, without credentials.</summary>
    string DisplayAddress { get; }

    /// <summary>Asks and waits for the whole answer.</summary>
    Task<ChatUpdate> ChatAsync(ChatRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Asks and hands on each piece as it comes. Nothing is sent before enumeration; the last update is done, and a stream that
    /// ends without it throws <see cref="GatewayError.UpstreamIncomplete"/>.
    /// </summary>
    IAsyncEnumerable<ChatUpdate> StreamChatAsync(ChatRequest request, CancellationToken cancellationToken);

    /// <summary>The models that Ollama has, newest first.</summary>
    Task<IReadOnlyList<ModelInfo>> ListModelsAsync(CancellationToken cancellationToken);

    /// <summary>What a model can do; unknown when Ollama cannot tell now (it will then answer the question itself with the error).</summary>
    ValueTask<ModelCapabilities> GetCapabilitiesAsync(string model, CancellationToken cancellationToken);

    /// <summary>Whether Ollama answers. Never throws for the upstream's sake and takes no longer than five seconds.</summary>
    Task<UpstreamHealth> CheckHealthAsync(CancellationToken cancellationToken);
}
