using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Native.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Native;

/// <summary>Looks for a blob, or makes one.</summary>
/// <param name="Endpoint">Which of the two.</param>
/// <param name="Body">Needed until the answer has begun.</param>
public sealed record CallBlobCommand(UpstreamEndpoint Endpoint, NativeBlob Body, RequestContext Context)
    : IRequest<INativeAnswer>, IValidatedRequest<NativeBlob>;

internal sealed class CallBlobHandler(INativeClient native) : IRequestHandler<CallBlobCommand, INativeAnswer>
{
    private const int NotFound = 404;

    public async Task<INativeAnswer> Handle(CallBlobCommand request, CancellationToken cancellationToken)
    {
        var call = new UpstreamCall(request.Endpoint, request.Context) { Item = request.Body.Digest, Body = request.Body.Content };
        try
        {
            return await native.StartAsync(call, cancellationToken);
        }
        catch (GatewayException failure) when (failure.UpstreamStatus is NotFound)
        {
            // Ollama answers without a body.
            throw new GatewayException(GatewayError.NotFound, "There is no such blob.", failure);
        }
    }
}
