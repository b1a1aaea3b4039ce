using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Health.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>
/// Should new requests come here? No from the first signal on, while running ones still finish, and no before a gateway with REDIS_URL has
/// joined the others: until then it does not know what they grant.
/// </summary>
[AllowAnonymous]
internal sealed class ReadinessController(
    Drain drain, ICluster cluster, ICallerDirectory callers, IUsageStore accounts, IEnumerable<IConfigurationFileState> files) : ControllerBase
{
    private const string Verbose = "verbose";

    [HttpGet("/readyz"), DescribedBy<ReadinessPage>]
    [ProducesResponseType<ProbeState>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProbeState>(StatusCodes.Status503ServiceUnavailable)]
    public IActionResult Get()
    {
        var others = cluster.State;
        return drain.IsDraining ? Refuse(StateOf("draining", others))
            : others is { Membership: ClusterMembership.Joining } ? Refuse(StateOf("joining", others) with { Reason = others.Reason })
            : Ok(StateOf("ready", others));
    }

    private ObjectResult Refuse(ProbeState state) => StatusCode(StatusCodes.Status503ServiceUnavailable, state);

    /// <summary>
    /// A file with a fault does not make the gateway unready: what was read before is in force, and accounts are written later.
    /// </summary>
    private ProbeState StateOf(string status, ClusterState? others) => Request.Query.ContainsKey(Verbose)
        ? new ProbeState(status)
        {
            Hosts = Describe("hosts"),
            Keys = Describe(callers.Keys),
            Accounts = Describe(accounts.State),
            Cluster = Describe(others),
        }
        : new ProbeState(status);

    private static ClusterReport? Describe(ClusterState? cluster) => cluster is null ? null : new ClusterReport(
        cluster.Members.Count(static member => member.IsActive), cluster.Redis.IsUp, cluster.Redis.Since);

    private static ConfigurationFileReport? Describe(KeysState? keys) =>
        keys is null ? null : new ConfigurationFileReport(keys.Count, keys.LoadedAt, keys.Fault);

    /// <summary>Accounts in memory have nothing that could fail.</summary>
    private static AccountsReport? Describe(UsageStoreState state) =>
        state.IsPersistent ? new AccountsReport(state.Pending, Math.Round(state.Lag.TotalSeconds, 3), state.Lost, state.Fault) : null;

    private ConfigurationFileReport? Describe(string name) =>
        files.FirstOrDefault(file => file.Name == name) is { } file ? new ConfigurationFileReport(file.Count, file.LoadedAt, file.Fault) : null;
}
