using LlamaGate.Api.OpenApi.Examples;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /metrics.</summary>
internal sealed class MetricsPage : EndpointPage
{
    public override string OperationId => "getMetrics";

    public override ApiTag Tag => ApiTag.Health;

    public override string Summary => "Read the metrics";

    public override string Description =>
        "Metrics for Prometheus, in its text format, or in OpenMetrics' if `Accept` asks for it. Requests from this machine need no key; others "
        + "need `ADMIN_KEY` or a key with `admin`. `METRICS=off` removes the route.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The metrics." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("prometheus", "Prometheus", """
            # TYPE llamagate_refusals_total counter
            # HELP llamagate_refusals_total Requests that the gateway refused.
            llamagate_refusals_total{llamagate_code="invalid_api_key"} 1

            """, 200) { MediaType = PageExample.PlainText },
        new("openmetrics", "OpenMetrics", """
            # TYPE llamagate_refusals counter
            # HELP llamagate_refusals Requests that the gateway refused.
            llamagate_refusals_total{llamagate_code="invalid_api_key"} 1
            # EOF

            """, 200) { MediaType = PageExample.OpenMetrics },
    ];
}
