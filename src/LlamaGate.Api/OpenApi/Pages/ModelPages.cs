using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /v1/models.</summary>
internal sealed class ModelListPage : EndpointPage
{
    public override string OperationId => "listModels";

    public override ApiTag Tag => ApiTag.Models;

    public override string Summary => "List the models";

    public override string Description =>
        "Every model that this server's Ollama has, the last changed one first, followed by the server's aliases (`MODEL_ALIASES`), whose "
        + "`owned_by` is `alias`. Use `id` as `model` in requests. "
        + "With the header `anthropic-version` the list has Anthropic's format, and accepts `limit`, `after_id` and `before_id`.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("limit", "Only with `anthropic-version`: the most models to list. Default: 1000.") { Range = (1, 1000) },
        new("after_id", "Only with `anthropic-version`: the id of the model after which the page begins."),
        new("before_id", "Only with `anthropic-version`: the id of the model before which the page ends."),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The models." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("models", "Two models", """
            {
              "object": "list",
              "data": [
                { "id": "{chat-model}", "object": "model", "created": 1767225600, "owned_by": "library" },
                { "id": "{embedding-model}", "object": "model", "created": 1764547200, "owned_by": "library" }
              ]
            }
            """, 200),
        new("anthropic", "With anthropic-version", """
            {
              "data": [
                {
                  "type": "model", "id": "{chat-model}", "display_name": "{chat-model}", "created_at": "2026-01-01T00:00:00Z",
                  "lifecycle": "active", "max_input_tokens": 8192, "max_tokens": null, "capabilities": null, "line": null, "deprecated_at": null, "retires_at": null
                }
              ],
              "has_more": false,
              "first_id": "{chat-model}",
              "last_id": "{chat-model}"
            }
            """, 200),
    ];
}

/// <summary>GET /v1/models/{id}.</summary>
internal sealed class ModelPage : EndpointPage
{
    public override string OperationId => "retrieveModel";

    public override ApiTag Tag => ApiTag.Models;

    public override string Summary => "Retrieve a model";

    public override string Description =>
        "One model of the list, or 404 `model_not_found` if Ollama does not have it. Ids can contain `:` and `/`, unescaped "
        + "(`/v1/models/hf.co/user/model:Q4_K_M`) or escaped. Without a tag, `:latest` is used; case does not matter.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
        [new("id", "The model's id as `GET /v1/models` lists it.", ExampleModels.ChatPlaceholder)];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The model." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("model", "A model", """{ "id": "{chat-model}", "object": "model", "created": 1767225600, "owned_by": "library" }""", 200),
        new("anthropic", "With anthropic-version", """
            {
              "type": "model", "id": "{chat-model}", "display_name": "{chat-model}", "created_at": "2026-01-01T00:00:00Z",
              "lifecycle": "active", "max_input_tokens": null, "max_tokens": null, "capabilities": null, "line": null, "deprecated_at": null, "retires_at": null
            }
            """, 200),
    ];
}
