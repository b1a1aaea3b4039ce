using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /v1/models.</summary>
internal sealed class ModelListPage : EndpointPage
{
    public override string OperationId => "listModels";

    public override ApiTag Tag => ApiTag.Models;

    public override string Summary => "List the models";

    public override string Description =>
        "Every model that this server's Ollama has, the one changed last first, and then the server's aliases (`MODEL_ALIASES`), whose "
        + "`owned_by` is `alias`. `id` is what goes into a request's `model`. Pull a model into Ollama and it is here at once. "
        + "With the header `anthropic-version` the list has Anthropic's form, and takes `limit`, `after_id` and `before_id`.";

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
    ];
}

/// <summary>GET /v1/models/{id}.</summary>
internal sealed class ModelPage : EndpointPage
{
    public override string OperationId => "retrieveModel";

    public override ApiTag Tag => ApiTag.Models;

    public override string Summary => "Look one model up";

    public override string Description =>
        "One model of the list, or 404 `model_not_found` when Ollama does not have it. Ids may hold `:` and `/` as they are "
        + "(`/v1/models/hf.co/user/model:Q4_K_M`) or escaped. Without a tag `:latest` is meant; upper and lower case are the same.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
        [new("id", "The model's id as `GET /v1/models` lists it.", ExampleModels.ChatPlaceholder)];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The model." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("model", "A model", """{ "id": "{chat-model}", "object": "model", "created": 1767225600, "owned_by": "library" }""", 200),
    ];
}
