using LlamaGate.Api.Lifetime;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Health.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>Should new requests come here? No from the first signal on, while running ones still finish.</summary>
[AllowAnonymous]
internal sealed class ReadinessController(Drain drain, ICallerDirectory callers) : ControllerBase
{
    private const string Verbose = "verbose";

    [HttpGet("/readyz"), DescribedBy<ReadinessPage>]
    [ProducesResponseType<ProbeState>(StatusCodes.Status200OK)]
    [ProducesResponseType<ProbeState>(StatusCodes.Status503ServiceUnavailable)]
    public IActionResult Get() => drain.IsDraining
        ? StatusCode(StatusCodes.Status503ServiceUnavailable, StateOf("draining"))
        : Ok(StateOf("ready"));

    private ProbeState StateOf(string status) =>
        new(status) { Keys = Request.Query.ContainsKey(Verbose) ? KeysReport.Of(callers.Keys) : null };
}
