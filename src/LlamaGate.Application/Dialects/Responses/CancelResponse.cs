using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Refuses to cancel: only a response in the background can be cancelled, and there are none.</summary>
/// <param name="Owner">See <see cref="ResponseHistory"/>.</param>
/// <param name="Id">The response's id.</param>
public sealed record CancelResponseQuery(string Owner, string Id) : IRequest<ResponseObject>;

internal sealed class CancelResponseHandler(IResponseStore store) : IRequestHandler<CancelResponseQuery, ResponseObject>
{
    public Task<ResponseObject> Handle(CancelResponseQuery request, CancellationToken cancellationToken)
    {
        _ = GetResponseHandler.Find(store, request.Owner, request.Id);
        throw new GatewayException(
            GatewayError.InvalidRequest, "Only a response with background: true can be cancelled: close the connection to stop a running one.");
    }
}
