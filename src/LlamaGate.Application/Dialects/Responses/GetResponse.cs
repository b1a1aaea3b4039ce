using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Gives a response again that is still kept.</summary>
/// <param name="Owner">See <see cref="ResponseHistory"/>.</param>
/// <param name="Id">The response's id.</param>
/// <param name="IsStream">Refused: only a response in the background could still be streamed, and there are none.</param>
public sealed record GetResponseQuery(string Owner, string Id, bool IsStream = false) : IRequest<ResponseObject>;

internal sealed class GetResponseHandler(IResponseStore store) : IRequestHandler<GetResponseQuery, ResponseObject>
{
    internal const string NothingKept = "The gateway stores no responses (RESPONSES_STORE_MB=0).";

    public Task<ResponseObject> Handle(GetResponseQuery request, CancellationToken cancellationToken)
    {
        var found = Find(store, request.Owner, request.Id).Response;
        return request.IsStream
            ? throw new GatewayException(
                GatewayError.InvalidRequest, "A stored response cannot be streamed: get it without stream, or stream it when it is created.")
            {
                Path = "stream",
            }
            : Task.FromResult(found);
    }

    internal static StoredResponse Find(IResponseStore store, string owner, string id) =>
        store.Find(owner, id) ?? throw NotFound(store, id);

    internal static GatewayException NotFound(IResponseStore store, string id) =>
        new(GatewayError.NotFound, $"Response with id '{id}' not found. " + (store.IsEnabled
            ? "Responses are stored only for a limited time, and not with store: false."
            : NothingKept))
        {
            Path = "response_id",
        };
}
