using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Responses;

/// <summary>OpenAI's responses endpoint. It has no memory: a response is not found later.</summary>
[Speaks<ResponseFields>]
internal sealed class ResponsesController(IMediator mediator, TimeProvider timeProvider) : ControllerBase
{
    [HttpPost(Routes.Responses), DescribedBy<ResponsesPage>]
    [ProducesResponseType<ResponseObject>(StatusCodes.Status200OK)]
    [ProducesEventStream<ResponseStreamEvent>(ResponsesPage.StreamEnding, FailureType = typeof(ResponseErrorEvent))]
    public async Task<IActionResult> Create([FromBody] CreateResponseRequest body, CancellationToken cancellationToken)
    {
        var isStream = body.Stream is true;
        HttpContext.Exchange().Describe(body.Model, isStream, () => ResponseIgnoredFields.Of(body));
        var stream = await mediator.Send(
            new CreateResponseCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        return isStream
            ? new ServerSentEventsResult(stream, new ResponseStreamWriter(body, timeProvider))
            : new AnswerResult(stream, new ResponseWriter(body, timeProvider));
    }

    /// <summary>Reading, deleting, listing the input of, and cancelling a stored response. Not offered in the API's description.</summary>
    [ApiExplorerSettings(IgnoreApi = true)]
    [HttpGet($"{Routes.Responses}/{{id}}")]
    [HttpDelete($"{Routes.Responses}/{{id}}")]
    [HttpGet($"{Routes.Responses}/{{id}}/input_items")]
    [HttpPost($"{Routes.Responses}/{{id}}/cancel")]
    public async Task<IActionResult> Find(string id, CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new FindResponseQuery(id), cancellationToken));
}
