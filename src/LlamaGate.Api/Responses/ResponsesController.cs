using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Responses;
using LlamaGate.Application.Responses.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Responses;

/// <summary>OpenAI's responses endpoint. It has no memory: what is asked for later is not found.</summary>
internal sealed class ResponsesController(IMediator mediator) : ControllerBase
{
    [HttpPost("/v1/responses"), DescribedBy<ResponsesPage>]
    [ProducesResponseType<ResponseObject>(StatusCodes.Status200OK)]
    [ProducesEventStream<ResponseStreamEvent>(ResponsesPage.StreamEnding, FailureType = typeof(ResponseErrorEvent))]
    public async Task<IActionResult> Create([FromBody] CreateResponseRequest body, CancellationToken cancellationToken) =>
        body.Stream is true
            ? new ServerSentEventsResult<ResponseStreamEvent>(
                await mediator.Send(new StreamResponseCommand(body), cancellationToken), new ResponseStreamFraming())
            : new JsonAnswer<ResponseObject>(
                await mediator.Send(new CreateResponseCommand(body), cancellationToken),
                ResponsesJsonContext.Instance.ResponseObject);

    /// <summary>Reading, deleting, listing the input of, and cancelling a stored response. Not offered in the API's description.</summary>
    [ApiExplorerSettings(IgnoreApi = true)]
    [HttpGet("/v1/responses/{id}")]
    [HttpDelete("/v1/responses/{id}")]
    [HttpGet("/v1/responses/{id}/input_items")]
    [HttpPost("/v1/responses/{id}/cancel")]
    public async Task<IActionResult> Find(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new FindResponseQuery(id), cancellationToken));
}
