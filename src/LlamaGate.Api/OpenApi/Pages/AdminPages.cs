using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Domain.Accounts;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>GET /admin/api/status.</summary>
internal sealed class AdminStatusPage : EndpointPage
{
    public override string OperationId => "getAdminStatus";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Read the status";

    public override string Description =>
        "Hosts with their models and calls, the queue in the order in which it will probably be served, who used the hosts in the last hour, today's "
        + "accounts, the last loads with their reasons, and warnings with advice. Durations are in seconds, times in UTC, unknown values null.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The status." };

    public override IReadOnlyList<PageExample> Examples { get; } = [
        new("status", "One host, one call runs, one waits", """
            {
              "version": "0.2.0", "started": "2026-11-30T05:00:00Z", "now": "2026-11-30T09:12:31Z", "key": "ops", "sharing": true,
              "hosts": [{
                "name": "gpu1", "url": "http://gpu1:11434", "state": "up", "drained": false, "reason": null, "ollama_version": "0.33.0",
                "slots_busy": 1, "slots": 1, "vram_used_bytes": 3500000000, "vram_bytes": null,
                "models": [{
                  "name": "{chat-model}", "context": 8192, "size_bytes": 3500000000, "vram_bytes": 3500000000, "slots": 1,
                  "slots_learned": false, "gate": "open", "pinned": false, "expires": null,
                  "running": [{ "id": "c12", "key": "anna", "user": null, "priority": "normal", "seconds": 12.4 }]
                }],
                "available": ["{chat-model}"], "loading": null
              }],
              "queue": { "waiting": 1, "max": 1000, "calls": [{
                "id": "c13", "model": "{chat-model}", "key": "bob", "user": null, "priority": "normal", "state": "waiting", "position": 1,
                "eta": 3.1, "waited": 2.1
              }] },
              "shares": { "minutes": 60, "principals": [] },
              "accounts": { "day": "2026-11-30", "keys": [] },
              "loads": [],
              "store": { "persistent": true, "pending": 0, "lag": 0, "lost": 0, "fault": null },
              "cluster": null,
              "warnings": []
            }
            """, 200),
    ];
}

/// <summary>GET /admin/api/events.</summary>
internal sealed class AdminEventsPage : EndpointPage
{
    public override string OperationId => "followAdminStatus";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Follow the status";

    public override string Description =>
        "The status as server-sent events: `event: status` with the same JSON as `GET /admin/api/status` in one line of `data`. The first is sent at once, "
        + "further ones after each change, at most one a second and at least one every five seconds. More than 32 listeners get 503 "
        + "`too_many_listeners`. The stream ends when the gateway stops; then reconnect.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The events." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("events", "Two events", """
            event: status
            data: {"version":"0.2.0","started":"2026-11-30T05:00:00Z","now":"2026-11-30T09:12:31Z","key":"ops",…}

            event: status
            data: {"version":"0.2.0","started":"2026-11-30T05:00:00Z","now":"2026-11-30T09:12:32Z","key":"ops",…}

            """, 200) { MediaType = PageExample.EventStream },
    ];
}

/// <summary>GET /admin/api/keys.</summary>
internal sealed class AdminKeysPage : EndpointPage
{
    public override string OperationId => "listAdminKeys";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "List the keys";

    public override string Description =>
        "The keys and their rights: `default` (API_KEY) and `admin` (ADMIN_KEY) if they are set, then those of KEYS_FILE in its order. "
        + "`last_used` is null for a key that was not used, as far as the accounts know. Hashes are never listed.";

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The keys." };

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("keys", "One key", """
            { "data": [{
              "id": "anna", "created": "2026-11-01T08:00:00Z", "last_used": "2026-11-30T09:12:31Z", "weight": 2, "priority": "normal",
              "share_by": "key", "models": ["*"], "max_running": null, "max_waiting": 100, "rate_limit_rps": null, "tokens_per_day": 1000000,
              "gpu_seconds_per_day": null, "cache": "shared", "admin": false, "expires": null, "disabled": false
            }] }
            """, 200),
    ];
}

/// <summary>GET /admin/api/usage.</summary>
internal sealed class AdminUsagePage : EndpointPage
{
    public override string OperationId => "getAdminUsage";

    public override ApiTag Tag => ApiTag.Admin;

    public override string Summary => "Report the usage";

    public override string Description =>
        "Upstream calls, tokens, GPU seconds and answers from the cache in a period of UTC days, summed up by `key`, `user`, `model`, `host` or "
        + "`day`; the first member of each row has that name. With `format=csv` it returns a file for spreadsheets.";

    public override IReadOnlyList<PageParameter> Parameters { get; } = UsageParameters.Of(UsageGroup.Key);

    public override IReadOnlyDictionary<int, string> Answers { get; } = new Dictionary<int, string> { [200] = "The usage." };

    public override IReadOnlyList<string> AnswerHeaders { get; } = [OpenApi.AnswerHeaders.Disposition];

    public override IReadOnlyList<PageExample> Examples { get; } =
    [
        new("usage", "One key", """
            { "from": "2026-11-01", "to": "2026-11-30", "by": "key", "data": [{
              "key": "anna", "calls": 412, "tokens_in": 51234, "tokens_out": 20112, "gpu_seconds": 812.25, "device_seconds": 640.5,
              "cache_hits": 31, "tokens_saved": 5210, "waited": 96.4
            }] }
            """, 200),
        UsageParameters.Csv(UsageGroup.Key, "anna"),
    ];
}
