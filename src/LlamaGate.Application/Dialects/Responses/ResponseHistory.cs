using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The response that a request continues, and where its answer is stored. One for each request.</summary>
/// <param name="owner">Whose responses can be found: a caller's, or those of an address without a key.</param>
/// <param name="request">Valid when anything here is called.</param>
public sealed class ResponseHistory(IResponseStore store, string owner, CreateResponseRequest request)
{
    /// <summary>What to do in place of a conversation that OpenAI would store.</summary>
    public const string NoConversations =
        "This gateway stores no conversations: send previous_response_id, or the conversation so far as input items.";

    private const string ReasoningPrefix = "rs_";

    private IReadOnlyList<ResponseInputItem>? _input;
    private ResponseTools? _tools;

    /// <summary>A thought was referred to that is no longer kept. It is left out: thoughts are a help only.</summary>
    public bool HasSkippedReference { get; private set; }

    /// <summary>
    /// Clients that read <c>"store": true</c> stop sending the conversation and rely on this store. So only a caller that asked for it
    /// reads it.
    /// </summary>
    internal bool IsStoreTold => request.Store is true && store.IsEnabled;

    /// <summary>The whole conversation: what the previous response answered, what it said, and the request's items.</summary>
    /// <exception cref="GatewayException">Something that is referred to is not kept.</exception>
    internal IReadOnlyList<ResponseInputItem> Input => _input ??= Resolve();

    /// <summary>What the model may call, also what searches before have found.</summary>
    internal ResponseTools Tools => _tools ??= new ResponseTools(request, Input);

    /// <summary>Keeps the complete response, unless the caller forbids it.</summary>
    internal void Keep(ResponseObject response)
    {
        if (store.IsEnabled && request.Store is not false)
        {
            store.Keep(owner, new StoredResponse(response, Input));
        }
    }

    private IReadOnlyList<ResponseInputItem> Resolve()
    {
        // The request is valid: no item is null.
        IReadOnlyList<ResponseInputItem> items = request.Input is not { } given ? []
            : given.Items! as IReadOnlyList<ResponseInputItem> ?? [UserMessage(given.Text.GetValueOrDefault())];
        if (request.PreviousResponseId is null && !items.Any(IsReference))
        {
            return items;
        }

        var input = new List<ResponseInputItem>();
        if (request.PreviousResponseId is { } id)
        {
            var previous = store.Find(owner, id) ?? throw NoResponse(id);
            input.AddRange(previous.Input);
            input.AddRange(previous.Output);
        }

        for (var i = 0; i < items.Count; i++)
        {
            if ((IsReference(items[i]) ? Find(items[i].Id!, i) : items[i]) is { } item)
            {
                input.Add(item);
            }
        }

        return input;
    }

    private static bool IsReference(ResponseInputItem item) => ResponseItemTypes.Of(item) == ResponseItemTypes.ItemReference;

    private static ResponseInputItem UserMessage(Utf8Text text) => new()
    {
        Type = ResponseItemTypes.Message,
        Role = "user",
        Content = new ResponseContent { Parts = [new ResponseContentPart { Type = "input_text", Text = text }] },
    };

    private ResponseInputItem? Find(string id, int index)
    {
        if (store.FindByItem(owner, id)?.FindItem(id) is { } found)
        {
            return found;
        }

        if (InputItemIds.Read(id) is { } place && store.Find(owner, place.ResponseId)?.Input.ElementAtOrDefault(place.Index) is { } listed)
        {
            return listed;
        }

        if (!id.StartsWith(ReasoningPrefix, StringComparison.Ordinal))
        {
            throw NoItem(id, index);
        }

        HasSkippedReference = true;
        return null;
    }

    private GatewayException NoItem(string id, int index) => new(
        GatewayError.NotFound,
        $"Item with id '{id}' not found. {Memory} Send the item itself in place of the reference: with the AI SDK, set "
        + "providerOptions.openai.store to false.")
    {
        Path = $"input[{index}].id",
    };

    private GatewayException NoResponse(string id) => new(
        GatewayError.PreviousResponseNotFound,
        $"Previous response with id '{id}' not found. {Memory} Send the conversation so far as input items.")
    {
        Path = "previous_response_id",
    };

    private string Memory => store.IsEnabled
        ? "The gateway stores responses only for a limited time (RESPONSES_STORE_TTL, RESPONSES_STORE_MB), and each of several gateways stores its own."
        : GetResponseHandler.NothingKept;
}
