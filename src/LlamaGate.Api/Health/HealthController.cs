using LlamaGate.Application.Health;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>Does Ollama answer? For people and monitors; /readyz is for load balancers.</summary>
[AllowAnonymous]
internal sealed class HealthController(IMediator mediator) : ControllerBase
{
    [HttpGet("/health")]
    public async Task<IActionResult> Get(CancellationToken cancellationToken)
    {
        var report = await mediator.Send(new GetHealthQuery(), cancellationToken);
        return report.IsHealthy ? Ok(report) : StatusCode(StatusCodes.Status503ServiceUnavailable, report);
    }
}
