using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /health.</summary>
internal sealed class HealthPage : EndpointPage
{
    public override string OperationId => "getHealth";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Does Ollama answer?";

    public override string Description =>
        "Calls Ollama and reports the result, within 5 seconds even when Ollama hangs. For people and monitors; a load balancer "
        + "should ask `/readyz`. Credentials in Ollama's address are never shown. With several hosts it is healthy while one is up, and "
        + "`/health?verbose` lists them in `hosts`: state, version, models, running calls, loaded models, and what is wrong.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "Ollama answers.",
        [503] = "Ollama does not answer, or with an error.",
    };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("healthy", "Ollama answers",
            """{ "status": "healthy", "ollama": "connected", "ollama_host": "http://localhost:11434" }""", 200),
        new("hosts", "Several hosts, with ?verbose",
            """
            { "status": "healthy", "ollama": "connected", "ollama_host": "http://gpu1:11434", "hosts": [
              { "name": "gpu1", "address": "http://gpu1:11434", "state": "up", "version": "0.33.0", "models": 3, "running": 1, "loaded": ["llama3.2:3b"] },
              { "name": "gpu2", "address": "http://gpu2:11434", "state": "down", "models": 3, "running": 0, "loaded": [], "fault": "Ollama unreachable" }] }
            """, 200),
        new("unreachable", "Ollama is not there",
            """{ "status": "unhealthy", "error": "Ollama unreachable", "ollama_host": "http://localhost:11434" }""", 503),
        new("failing", "Ollama answers with an error",
            """{ "status": "unhealthy", "error": "Ollama returned status 500", "ollama_host": "http://localhost:11434" }""", 503),
    ];
}

/// <summary>GET /livez.</summary>
internal sealed class LivenessPage : EndpointPage
{
    public override string OperationId => "getLiveness";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Is the process up?";

    public override string Description =>
        "200 as long as the process runs. Calls nobody, so that a slow Ollama never gets the gateway restarted.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "It is." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("alive", "Alive", """{ "status": "alive" }""", 200)];
}

/// <summary>GET /readyz.</summary>
internal sealed class ReadinessPage : EndpointPage
{
    public override string OperationId => "getReadiness";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Should new requests come here?";

    public override string Description =>
        "200 from the start on; 503 from the first SIGTERM or SIGINT on, while running requests and streams still finish. "
        + "`?verbose` adds the states of HOSTS_FILE and KEYS_FILE, where they are set.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "Yes.",
        [503] = "No: the gateway is stopping.",
    };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("ready", "Ready", """{ "status": "ready" }""", 200),
        new("keys", "With ?verbose and a keys file that cannot be used as it is now",
            """{ "status": "ready", "keys": { "count": 40, "loaded_at": "2026-11-29T14:00:00+00:00", "fault": "line 12: keys[2].hash must be …" } }""",
            200),
        new("hosts", "Ready, and HOSTS_FILE was changed to something that cannot be used",
            """{ "status": "ready", "hosts": { "count": 3, "loaded_at": "2026-11-29T10:00:00+00:00", "fault": "line 7: hosts[2].url is missing" } }""", 200),
        new("draining", "Stopping", """{ "status": "draining" }""", 503),
    ];
}
