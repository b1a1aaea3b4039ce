using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Health;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Domain.Callers;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Health;

/// <summary>Does Ollama answer? For people and monitors; /readyz is for load balancers.</summary>
[AllowAnonymous]
internal sealed class HealthController(IMediator mediator) : ControllerBase
{
    [HttpGet("/health"), DescribedBy<HealthPage>]
    [ProducesResponseType<HealthReport>(StatusCodes.Status200OK)]
    [ProducesResponseType<HealthReport>(StatusCodes.Status503ServiceUnavailable)]
    public async Task<IActionResult> Get(CancellationToken cancellationToken)
    {
        // The route is open: without a right key, where one is needed, no model is named.
        var named = HttpContext.Features.Get<Caller>()?.Policy.Models ?? ModelAccess.None;
        var report = await mediator.Send(new GetHealthQuery(Request.Query.ContainsKey("verbose"), named), cancellationToken);
        return report.IsHealthy ? Ok(report) : StatusCode(StatusCodes.Status503ServiceUnavailable, report);
    }
}
