using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Health.Contracts;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>Is the process up? Asks nobody, so that a slow Ollama never gets the gateway restarted.</summary>
[AllowAnonymous]
internal sealed class LivenessController : ControllerBase
{
    [HttpGet("/livez"), DescribedBy<LivenessPage>, ProducesResponseType<ProbeState>(StatusCodes.Status200OK)]
    public IActionResult Get() => Ok(new ProbeState("alive"));
}
