using LlamaGate.Api.Errors;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Dialects.Responses;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Responses;

/// <summary>Recent responses, each for the caller it was given to. Not offered in the API's description.</summary>
[ApiExplorerSettings(IgnoreApi = true)]
[Speaks<ResponseFields>]
internal sealed class StoredResponsesController(IMediator mediator) : ControllerBase
{
    private string Owner => ResponseOwner.Of(HttpContext);

    [HttpGet($"{Routes.Responses}/{{id}}")]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new GetResponseQuery(Owner, id, Request.Query.IsTrue("stream")), cancellationToken));

    [HttpDelete($"{Routes.Responses}/{{id}}")]
    public async Task<IActionResult> Delete(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new DeleteResponseQuery(Owner, id), cancellationToken));

    [HttpGet($"{Routes.Responses}/{{id}}/input_items")]
    public async Task<IActionResult> ListInput(string id, CancellationToken cancellationToken) => Ok(await mediator.Send(
        new ListResponseInputQuery(Owner, id, Request.Query.Limit(), Request.Query.Text("order"), Request.Query.Text("after")),
        cancellationToken));

    [HttpPost($"{Routes.Responses}/{{id}}/cancel")]
    public async Task<IActionResult> Cancel(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new CancelResponseQuery(Owner, id), cancellationToken));
}
