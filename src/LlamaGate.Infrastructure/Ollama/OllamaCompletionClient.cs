using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Completions;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Speaks <c>/api/generate</c>.</summary>
internal sealed class OllamaCompletionClient(GenerationCall call, OllamaOptions options) : ICompletionClient
{
    public Task<GenerateUpdate> GenerateAsync(GenerateRequest request, CancellationToken cancellationToken) =>
        call.AskAsync(OllamaEndpoint.Generate, ToBody(request, stream: false), OllamaGenerateAnswer.Read, cancellationToken);

    public IAsyncEnumerable<GenerateUpdate> StreamGenerateAsync(GenerateRequest request, CancellationToken cancellationToken) =>
        call.StreamAsync(OllamaEndpoint.Generate, ToBody(request, stream: true), OllamaGenerateAnswer.Read, cancellationToken);

    private UpstreamBody ToBody(GenerateRequest request, bool stream) => UpstreamBody.Of(
        (Request: request, Stream: stream, Truncate: options.TruncateOverlongPrompts),
        static (writer, prompt) => OllamaGenerateBody.Write(writer, prompt.Request, prompt.Stream, prompt.Truncate));
}
