using LlamaGate.Api.Authentication;
using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Domain.Callers;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Admin;

/// <summary>What the gateway is doing, for administrators.</summary>
[AdminOnly, Speaks<AdminFields>]
internal sealed class AdminStatusController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.AdminStatus), DescribedBy<AdminStatusPage>, ProducesResponseType<AdminStatus>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get(CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new GetAdminStatusQuery(KeyId), cancellationToken));

    [HttpGet(Routes.AdminEvents), DescribedBy<AdminEventsPage>, ProducesEventStream<AdminStatus>("it ends when the gateway stops, or the key is no longer valid")]
    [ProducesResponseType(StatusCodes.Status200OK)]
    public async Task<IActionResult> Follow(CancellationToken cancellationToken) =>
        new StatusEventsResult(await mediator.Send(new FollowAdminStatusQuery(KeyId), cancellationToken), cancellationToken);

    private string KeyId => HttpContext.Features.GetRequiredFeature<Caller>().Id;
}
