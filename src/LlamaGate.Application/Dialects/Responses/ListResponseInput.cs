using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Errors;
using MediatR;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Lists what a kept response answered.</summary>
/// <param name="Owner">See <see cref="ResponseHistory"/>.</param>
/// <param name="Id">The response's id.</param>
/// <param name="Limit">Most items to list, 1–100. Default 20.</param>
/// <param name="Order"><c>asc</c> or <c>desc</c>, which is the default: the newest first.</param>
/// <param name="After">The id of the item after which to continue.</param>
public sealed record ListResponseInputQuery(string Owner, string Id, int? Limit, string? Order, string? After)
    : IRequest<ResponseItemList>;

internal sealed class ListResponseInputHandler(IResponseStore store) : IRequestHandler<ListResponseInputQuery, ResponseItemList>
{
    private const int DefaultLimit = 20;
    private const int MaxItems = 100;

    public Task<ResponseItemList> Handle(ListResponseInputQuery request, CancellationToken cancellationToken)
    {
        Check(request);
        var items = GetResponseHandler.Find(store, request.Owner, request.Id).Input.Select((item, index) => Named(item, request.Id, index));
        var ordered = (request.Order is "asc" ? items : items.Reverse()).ToList();
        var start = request.After is { } after ? IndexAfter(ordered, after) : 0;
        var page = ordered.Skip(start).Take(request.Limit ?? DefaultLimit).ToList();
        return Task.FromResult(new ResponseItemList(page, HasMore: start + page.Count < ordered.Count));
    }

    private static void Check(ListResponseInputQuery request)
    {
        if (request.Limit is < 1 or > MaxItems)
        {
            throw Refused("limit", $"limit must be from 1 to {MaxItems}.");
        }

        if (request.Order is not (null or "asc" or "desc"))
        {
            throw Refused("order", "order must be asc or desc.");
        }
    }

    private static GatewayException Refused(string parameter, string message) =>
        new(GatewayError.InvalidRequest, message) { Path = parameter };

    private static int IndexAfter(List<ResponseInputItem> items, string after)
    {
        var index = items.FindLastIndex(item => item.Id == after);
        return index >= 0
            ? index + 1
            : throw Refused("after", $"No item of this response has the id '{after}'.");
    }

    /// <summary>Callers rarely name what they send, and a list needs names to be read in pages.</summary>
    private static ResponseInputItem Named(ResponseInputItem item, string responseId, int index) =>
        item with { Id = item.Id ?? InputItemIds.Of(responseId, index), Type = ResponseItemTypes.Of(item), Content = AsParts(item) };

    /// <summary>Clients expect parts in a list, however the content was sent.</summary>
    private static ResponseContent? AsParts(ResponseInputItem item) => item.Content?.Text is { } text
        ? new ResponseContent { Parts = [new ResponseContentPart { Type = item.Role == "assistant" ? "output_text" : "input_text", Text = text }] }
        : item.Content;
}
