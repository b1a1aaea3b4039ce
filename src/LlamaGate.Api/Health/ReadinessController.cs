using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Health.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>Should new requests come here? No from the first signal on, while running ones still finish.</summary>
[AllowAnonymous]
internal sealed class ReadinessController(Drain drain, ICallerDirectory callers, IEnumerable<IConfigurationFileState> files) : ControllerBase
{
    private const string Verbose = "verbose";

    [HttpGet("/readyz"), DescribedBy<ReadinessPage>]
    [ProducesResponseType<ProbeState>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProbeState>(StatusCodes.Status503ServiceUnavailable)]
    public IActionResult Get() => drain.IsDraining
        ? StatusCode(StatusCodes.Status503ServiceUnavailable, StateOf("draining"))
        : Ok(StateOf("ready"));

    /// <summary>A file with a fault does not make the gateway unready: what was read before is in force.</summary>
    private ProbeState StateOf(string status) => Request.Query.ContainsKey(Verbose)
        ? new ProbeState(status) { Hosts = Describe("hosts"), Keys = Describe(callers.Keys) }
        : new ProbeState(status);

    private static ConfigurationFileReport? Describe(KeysState? keys) =>
        keys is null ? null : new ConfigurationFileReport(keys.Count, keys.LoadedAt, keys.Fault);

    private ConfigurationFileReport? Describe(string name) =>
        files.FirstOrDefault(file => file.Name == name) is { } file ? new ConfigurationFileReport(file.Count, file.LoadedAt, file.Fault) : null;
}
