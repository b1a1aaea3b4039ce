using LlamaGate.Api.Authentication;
using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Domain.Callers;
using MediatR;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Admin;

/// <summary>What administrators change. A body is not needed; names with slashes are percent-encoded.</summary>
[AdminOnly, Speaks<AdminFields>]
internal sealed class AdminChangesController(IMediator mediator) : ControllerBase
{
    [HttpPost($"{Routes.AdminHost}/drain"), DescribedBy<DrainHostPage>, ProducesResponseType<AdminDone>(StatusCodes.Status200OK)]
    public Task<IActionResult> Drain(string host, CancellationToken cancellationToken) =>
        SendAsync(new DrainHostCommand(KeyId, new ChangeTarget(Text(host))), cancellationToken);

    [HttpPost($"{Routes.AdminHost}/resume"), DescribedBy<ResumeHostPage>, ProducesResponseType<AdminDone>(StatusCodes.Status200OK)]
    public Task<IActionResult> Resume(string host, CancellationToken cancellationToken) =>
        SendAsync(new ResumeHostCommand(KeyId, new ChangeTarget(Text(host))), cancellationToken);

    [HttpPost($"{Routes.AdminModel}/load"), DescribedBy<LoadModelPage>, ProducesResponseType<AdminDone>(StatusCodes.Status200OK)]
    public Task<IActionResult> Load(string host, string model, CancellationToken cancellationToken) =>
        SendAsync(new LoadModelCommand(KeyId, new ChangeTarget(Text(host), Text(model))), cancellationToken);

    [HttpPost($"{Routes.AdminModel}/unload"), DescribedBy<UnloadModelPage>, ProducesResponseType<AdminDone>(StatusCodes.Status200OK)]
    public Task<IActionResult> Unload(string host, string model, CancellationToken cancellationToken) =>
        SendAsync(new UnloadModelCommand(KeyId, new ChangeTarget(Text(host), Text(model))), cancellationToken);

    [HttpPost($"{Routes.AdminCall}/cancel"), DescribedBy<CancelCallPage>, ProducesResponseType<AdminDone>(StatusCodes.Status200OK)]
    public Task<IActionResult> Cancel(string id, CancellationToken cancellationToken) =>
        SendAsync(new CancelCallCommand(KeyId, new ChangeTarget(Call: Text(id))), cancellationToken);

    private string KeyId => HttpContext.Features.GetRequiredFeature<Caller>().Id;

    /// <summary>The server leaves an escaped slash as it is. A segment of blanks is bound as null.</summary>
    private static string Text(string? segment) => Uri.UnescapeDataString(segment ?? "");

    private async Task<IActionResult> SendAsync(IRequest<AdminDone> command, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(command, cancellationToken));
}
