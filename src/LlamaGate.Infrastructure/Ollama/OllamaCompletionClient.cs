using System.Runtime.CompilerServices;
using System.Text.Json;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Completions;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Speaks <c>/api/generate</c>.</summary>
internal sealed class OllamaCompletionClient(GenerationCall call, OllamaOptions options) : ICompletionClient
{
    private static readonly OllamaJsonContext Json = OllamaJsonContext.Instance;

    public async Task<GenerateUpdate> GenerateAsync(GenerateRequest request, CancellationToken cancellationToken) =>
        GenerateMapping.ToUpdate(await call.AskAsync(
            OllamaEndpoint.Generate, ToBody(request, stream: false), Json.OllamaGenerateResponse, cancellationToken));

    public async IAsyncEnumerable<GenerateUpdate> StreamGenerateAsync(
        GenerateRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var lines = call.StreamAsync(
            OllamaEndpoint.Generate, ToBody(request, stream: true), Json.OllamaGenerateResponse, cancellationToken);
        await foreach (var line in lines)
        {
            yield return GenerateMapping.ToUpdate(line);
        }
    }

    private byte[] ToBody(GenerateRequest request, bool stream) => JsonSerializer.SerializeToUtf8Bytes(
        GenerateMapping.ToWire(request, stream, options.TruncateOverlongPrompts), Json.OllamaGenerateRequest);
}
