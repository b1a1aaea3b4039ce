using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A page of a stored response.</summary>
internal abstract class StoredResponsePage : EndpointPage
{
    public override ApiTag Tag => ApiTag.Responses;

    protected static PageParameter Id { get; } =
        new("id", "The response's id, as `POST /v1/responses` returned it.", "resp_Wq3vT8nKx2LmR7bYc5JdHs9a");

    public override IReadOnlyList<PageParameter> Parameters { get; } = [Id];
}

/// <summary>GET /v1/responses/{id}.</summary>
internal sealed class GetResponsePage : StoredResponsePage
{
    public override string OperationId => "getResponse";

    public override string Summary => "Read a stored response";

    public override string Description =>
        "Returns a response while it is stored (`RESPONSES_STORE_TTL`, `RESPONSES_STORE_MB`), for the same caller only. 404 `not_found` if it is not "
        + "stored, or not any more, or was created with `store: false`.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        Id,
        new("stream", "`true` gets 400: a response can be streamed only when it is created.") { Words = ["true", "false"] },
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The response." };

    public override IReadOnlyList<PageExample> Examples { get; } = [.. ResponseExamples.All.Where(example => example.Status == 200)];
}

/// <summary>DELETE /v1/responses/{id}.</summary>
internal sealed class DeleteResponsePage : StoredResponsePage
{
    public override string OperationId => "deleteResponse";

    public override string Summary => "Delete a stored response";

    public override string Description =>
        "Deletes a response, so that neither it nor its items can be referred to. 404 `not_found` if it is not stored.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The response is deleted." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("deleted", "Deleted", """{ "object": "response", "id": "resp_Wq3vT8nKx2LmR7bYc5JdHs9a", "deleted": true }""", 200),
    ];
}

/// <summary>GET /v1/responses/{id}/input_items.</summary>
internal sealed class ListInputItemsPage : StoredResponsePage
{
    public override string OperationId => "listInputItems";

    public override string Summary => "List the input of a stored response";

    public override string Description =>
        "Lists the items that a stored response answered, the newest first. An item without an `id` gets one, and each content is listed as parts. "
        + "404 `not_found` if the response is not stored.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        Id,
        new("limit", "The most items to list. Default: 20.") { Range = (1, 100) },
        new("order", "`desc` begins with the newest. Default: desc.") { Words = ["asc", "desc"] },
        new("after", "The id of the item after which to continue: `last_id` of the page before."),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "A page of the items." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("items", "One message", """
            {
              "object": "list",
              "data": [
                {
                  "type": "message", "id": "msg_Zk8pN4sVt1QwE6rXy3BgUf2c", "role": "user",
                  "content": [{ "type": "input_text", "text": "Why is the sky blue?" }]
                }
              ],
              "has_more": false,
              "first_id": "msg_Zk8pN4sVt1QwE6rXy3BgUf2c",
              "last_id": "msg_Zk8pN4sVt1QwE6rXy3BgUf2c"
            }
            """, 200),
    ];
}

/// <summary>POST /v1/responses/{id}/cancel.</summary>
internal sealed class CancelResponsePage : StoredResponsePage
{
    public override string OperationId => "cancelResponse";

    public override string Summary => "Cancel a response (refused)";

    public override string Description =>
        "Always refused: no response runs in the background. Close the connection to stop a running response. 404 `not_found` if the response is not "
        + "stored.";

    public override IReadOnlyDictionary<int, string> Answers { get; } =
        new Dictionary<int, string> { [400] = "The response is stored, and cannot be cancelled." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("refused", "Refused", """
            {
              "error": {
                "message": "Only a response with background: true can be cancelled: close the connection to stop a running one.",
                "type": "invalid_request_error", "param": null, "code": null
              }
            }
            """, 400),
    ];
}
