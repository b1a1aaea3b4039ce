using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Responses;

/// <summary>Recent responses, each for the caller it was given to.</summary>
[Speaks<ResponseFields>]
internal sealed class StoredResponsesController(IMediator mediator) : ControllerBase
{
    private string Owner => ResponseOwner.Of(HttpContext);

    [HttpGet($"{Routes.Responses}/{{id}}"), DescribedBy<GetResponsePage>, ProducesResponseType<ResponseObject>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new GetResponseQuery(Owner, id, Request.Query.IsTrue("stream")), cancellationToken));

    [HttpDelete($"{Routes.Responses}/{{id}}"), DescribedBy<DeleteResponsePage>, ProducesResponseType<DeletedResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Delete(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new DeleteResponseQuery(Owner, id), cancellationToken));

    [HttpGet($"{Routes.Responses}/{{id}}/input_items"), DescribedBy<ListInputItemsPage>]
    [ProducesResponseType<ResponseItemList>(StatusCodes.Status200OK)]
    public async Task<IActionResult> ListInput(string id, CancellationToken cancellationToken) => Ok(await mediator.Send(
        new ListResponseInputQuery(Owner, id, Request.Query.Limit(), Request.Query.Text("order"), Request.Query.Text("after")),
        cancellationToken));

    [HttpPost($"{Routes.Responses}/{{id}}/cancel"), DescribedBy<CancelResponsePage>]
    [ProducesResponseType<OpenAIError>(StatusCodes.Status400BadRequest)]
    public async Task<IActionResult> Cancel(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new CancelResponseQuery(Owner, id), cancellationToken));
}
