using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /v1/queue.</summary>
internal sealed class QueuePage : EndpointPage
{
    public override string OperationId => "listQueue";

    public override ApiTag Tag => ApiTag.Queue;

    public override string Summary => "List your calls in the queue";

    public override string Description =>
        "The calls of your key that run on shared hosts or wait for them, at most 1000: first the running calls, then the waiting ones in the order "
        + "in which they will probably be sent. A request with several choices or prompts makes several calls. Times are in seconds. A position can "
        + "rise if another caller's call is to be served first. The list is empty if the hosts are not shared, because no calls wait then.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "Your calls." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("queue", "One call runs, one waits", """
            {
              "data": [
                { "id": "c41", "model": "{chat-model}", "state": "running", "position": 0, "eta": 0, "waited": 2.1 },
                { "id": "c57", "model": "{chat-model}", "state": "waiting", "position": 3, "eta": 14.5, "waited": 6.3 }
              ]
            }
            """, 200),
        new("unshared", "Nothing waits", """{ "data": [] }""", 200),
    ];
}
