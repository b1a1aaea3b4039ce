using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Responses;

/// <summary>Picks the whole response, for the cache, from the event that ends a stream.</summary>
internal sealed class ResponseAssembler : IStreamAssembler<ResponseStreamEvent, ResponseObject>
{
    private ResponseObject? _response;

    public void Add(ResponseStreamEvent chunk)
    {
        if (chunk.IsLast)
        {
            _response = chunk.Response;
        }
    }

    public ResponseObject Complete(TokenUsage usage, IReadOnlyList<string> ignoredFields) =>
        _response! with { IgnoredFields = ignoredFields };
}
