using LlamaGate.Application.Dialects.Responses.Contracts;
using MediatR;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Forgets a response, so that neither it nor its items can be referred to.</summary>
/// <param name="Owner">See <see cref="ResponseHistory"/>.</param>
/// <param name="Id">The response's id.</param>
public sealed record DeleteResponseQuery(string Owner, string Id) : IRequest<DeletedResponse>;

internal sealed class DeleteResponseHandler(IResponseStore store) : IRequestHandler<DeleteResponseQuery, DeletedResponse>
{
    public Task<DeletedResponse> Handle(DeleteResponseQuery request, CancellationToken cancellationToken) =>
        store.Forget(request.Owner, request.Id)
            ? Task.FromResult(new DeletedResponse(request.Id))
            : throw GetResponseHandler.NotFound(store, request.Id);
}
