using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /v1/usage.</summary>
internal sealed class UsagePage : EndpointPage
{
    public override string OperationId => "getUsage";

    public override ApiTag Tag => ApiTag.Usage;

    public override string Summary => "Show what your key has used";

    public override string Description =>
        "Calls, tokens, GPU seconds and answers from the cache of your key in a period of UTC days, summed up by `key`, `user`, `model`, `host` or "
        + "`day`; the first member of each row has that name. Times are in seconds. Callers without a key share one account. With `format=csv` "
        + "it returns a file for spreadsheets.";

    public override IReadOnlyList<PageParameter> Parameters { get; } = UsageParameters.Of(UsageGroup.Day);

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The usage." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("usage", "Two days", """
            {
              "from": "2026-11-01", "to": "2026-11-30", "by": "day",
              "data": [
                { "day": "2026-11-29", "calls": 41, "tokens_in": 51234, "tokens_out": 20112, "gpu_seconds": 81.25, "device_seconds": 64.5, "cache_hits": 3, "tokens_saved": 5210, "waited": 9.4 },
                { "day": "2026-11-30", "calls": 12, "tokens_in": 9120, "tokens_out": 3310, "gpu_seconds": 17.5, "device_seconds": 17.5, "cache_hits": 0, "tokens_saved": 0, "waited": 0 }
              ]
            }
            """, 200),
        UsageParameters.Csv(UsageGroup.Day, "2026-11-30"),
    ];
}
