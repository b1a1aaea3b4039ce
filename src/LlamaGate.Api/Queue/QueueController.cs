using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Scheduling;
using LlamaGate.Application.Scheduling.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Queue;

/// <summary>What a caller may know of the queue of shared hosts.</summary>
[Speaks<QueueFields>]
internal sealed class QueueController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.Queue), DescribedBy<QueuePage>, ProducesResponseType<QueuedCallList>(StatusCodes.Status200OK)]
    public async Task<IActionResult> List(CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new ListQueueQuery(HttpContext.ToRequestContext()), cancellationToken));
}
