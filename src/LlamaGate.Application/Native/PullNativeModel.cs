using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native.Contracts;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Models;
using MediatR;

namespace LlamaGate.Application.Native;

/// <summary>
/// A pull where models must not be changed: it succeeds for a model that is there, since clients pull to be sure of it, and is refused
/// otherwise.
/// </summary>
public sealed record PullNativeModelCommand(NativeBody Body, RequestContext Context) : IRequest<Unit>, IValidatedRequest<NativeBody>;

internal sealed class PullNativeModelHandler(INativeClient native, ModelAliases aliases) : IRequestHandler<PullNativeModelCommand, Unit>
{
    public async Task<Unit> Handle(PullNativeModelCommand request, CancellationToken cancellationToken)
    {
        using var body = AliasedBody.Of(request.Body, aliases);
        try
        {
            // The members of a pull are those of a question for the model, and the others have no effect there.
            using var answer = await native.StartAsync(
                new UpstreamCall(UpstreamEndpoint.Show, request.Context) { Model = body.Model, Body = body.Json }, cancellationToken);
            using var shown = await answer.ReadToEndAsync(cancellationToken);
            return Unit.Value;
        }
        catch (GatewayException failure) when (failure.UpstreamWords is { Status: < 500 })
        {
            throw ReadOnlyModels.Refusal();
        }
    }
}
