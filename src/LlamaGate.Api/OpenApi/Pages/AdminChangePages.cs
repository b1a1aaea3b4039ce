using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>POST /admin/api/hosts/{host}/drain.</summary>
internal sealed class DrainHostPage : EndpointPage
{
    public override string OperationId => "drainHost";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Drain a host";

    public override string Description =>
        "The host finishes its running calls and gets no new ones; other hosts serve the waiting calls. The state lasts until `resume`, until the "
        + "gateway stops, or until the host is removed from the list; a changed HOSTS_FILE does not end it. No body is needed, but "
        + "`Content-Type: application/json` is required, here and for every change.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("host", "The name of the host, as `GET /admin/api/status` lists it.", "gpu1"),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The host is draining." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("draining", "What happens now", """{ "done": true, "message": "Host gpu1 is draining: 3 calls still run there." }""", 200)];
}

/// <summary>POST /admin/api/hosts/{host}/resume.</summary>
internal sealed class ResumeHostPage : EndpointPage
{
    public override string OperationId => "resumeHost";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "End the drain of a host";

    public override string Description =>
        "409 `conflict` if HOSTS_FILE itself drains the host.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("host", "The name of the host, as `GET /admin/api/status` lists it.", "gpu1"),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The host gets calls again." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("resumed", "What happens now", """{ "done": true, "message": "Host gpu1 is no longer draining." }""", 200)];
}

/// <summary>POST /admin/api/hosts/{host}/models/{model}/load.</summary>
internal sealed class LoadModelPage : EndpointPage
{
    public override string OperationId => "loadModel";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Load a model on a host";

    public override string Description =>
        "The rules of every load apply, except turns: models that must make room get no new calls and finish their running ones, pinned models are never "
        + "unloaded, and a host has one load at a time, otherwise 409 `conflict`. The answer is sent when the load has begun. Afterwards the model is "
        + "treated like any other: if others need its memory and nobody uses it, it is unloaded. Pin it in HOSTS_FILE to keep it.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("host", "The name of the host, as `GET /admin/api/status` lists it.", "gpu1"),
        new("model", "The model's own name. Write `/` as `%2F`; `:` may stand as it is.", "{chat-model}"),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The load has begun, or the model was already loaded." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("loading", "What happens now", """{ "done": true, "message": "{chat-model} is loaded on host gpu1 once 2 calls have ended." }""", 200)];
}

/// <summary>POST /admin/api/hosts/{host}/models/{model}/unload.</summary>
internal sealed class UnloadModelPage : EndpointPage
{
    public override string OperationId => "unloadModel";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Unload a model on a host";

    public override string Description =>
        "The model gets no new calls there, its running calls finish, and it is unloaded. If calls wait for it, it is loaded again afterwards. "
        + "409 `conflict` for a pinned model, and while the host loads or unloads another model.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("host", "The name of the host, as `GET /admin/api/status` lists it.", "gpu1"),
        new("model", "The model's own name. Write `/` as `%2F`; `:` may stand as it is.", "{chat-model}"),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The unload has begun, or the model was not loaded." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("unloading", "What happens now", """{ "done": true, "message": "{chat-model} is being unloaded from host gpu1." }""", 200)];
}

/// <summary>POST /admin/api/calls/{id}/cancel.</summary>
internal sealed class CancelCallPage : EndpointPage
{
    public override string OperationId => "cancelCall";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Cancel a call";

    public override string Description =>
        "Cancels one waiting or running call, and its call to Ollama. The caller gets 503 `cancelled`, or an error in the stream if that has begun. "
        + "A request with several choices or prompts makes several calls and fails as a whole.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
    [
        new("id", "The id of the call, as `GET /admin/api/status` lists it.", "c12"),
    ];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The call is cancelled." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("cancelled", "What happens now", """{ "done": true, "message": "Call c12 is cancelled." }""", 200)];
}
