using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /health.</summary>
internal sealed class HealthPage : EndpointPage
{
    public override string OperationId => "getHealth";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Check Ollama";

    public override string Description =>
        "Calls Ollama and reports the result, within 5 seconds even if Ollama hangs. For people and monitoring; a load balancer "
        + "should use `/readyz`. Credentials in Ollama's address are never shown. With several hosts it is healthy while one is up, and "
        + "`/health?verbose` lists them in `hosts`: state, version, models, running calls, loaded models, and faults.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
        [new("verbose", "With several hosts: adds `hosts`. It has this effect with any value, and without one.")];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "Ollama answers.",
        [503] = "Ollama does not answer, or answers with an error.",
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

    public override string Summary => "Check the process";

    public override string Description =>
        "200 as long as the process runs. It does not call Ollama, so that a slow Ollama never causes a restart of the gateway.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The process is up." };

    public override IReadOnlyList<PageExample> Examples { get; } = [new("alive", "Alive", """{ "status": "alive" }""", 200)];
}

/// <summary>GET /readyz.</summary>
internal sealed class ReadinessPage : EndpointPage
{
    public override string OperationId => "getReadiness";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Check readiness";

    public override string Description =>
        "200 after the start; 503 after the first SIGTERM or SIGINT, while running requests and streams finish. "
        + "With REDIS_URL also 503 until this gateway has joined the others, with the `reason`. "
        + "`?verbose` adds the state of HOSTS_FILE, KEYS_FILE, DATA_DIR and REDIS_URL, if they are set.";

    public override IReadOnlyList<PageParameter> Parameters { get; } =
        [new("verbose", "Adds the state of files, accounts and cluster. It has this effect with any value, and without one.")];

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string>
    {
        [200] = "Yes.",
        [503] = "No: the gateway is stopping, or has not joined the other gateways yet.",
    };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("ready", "Ready", """{ "status": "ready" }""", 200),
        new("keys", "With ?verbose, and a changed KEYS_FILE that cannot be used",
            """{ "status": "ready", "keys": { "count": 40, "loaded_at": "2026-11-29T14:00:00+00:00", "fault": "line 12: keys[2].hash must be …" } }""",
            200),
        new("hosts", "With ?verbose, and a changed HOSTS_FILE that cannot be used",
            """{ "status": "ready", "hosts": { "count": 3, "loaded_at": "2026-11-29T10:00:00+00:00", "fault": "line 7: hosts[2].url is missing" } }""", 200),
        new("cluster", "With ?verbose and REDIS_URL",
            """{ "status": "ready", "cluster": { "members": 3, "redis_up": true, "redis_since": "2026-11-29T14:00:00+00:00" } }""", 200),
        new("joining", "Has not joined the other gateways yet",
            """{ "status": "joining", "reason": "Redis does not answer at redis://redis:6379/0: it cannot be connected to, or does not answer in time" }""", 503),
        new("draining", "Stopping", """{ "status": "draining" }""", 503),
    ];
}
