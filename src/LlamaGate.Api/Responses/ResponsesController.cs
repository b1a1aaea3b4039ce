using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Responses;

/// <summary>OpenAI's responses endpoint.</summary>
[Speaks<ResponseFields>("responses")]
internal sealed class ResponsesController(IMediator mediator, HostSharing sharing, IResponseStore store, TimeProvider timeProvider) : ControllerBase
{
    [HttpPost(Routes.Responses), DescribedBy<ResponsesPage>]
    [ProducesResponseType<ResponseObject>(StatusCodes.Status200OK)]
    [ProducesEventStream<ResponseStreamEvent>(ResponsesPage.StreamEnding, FailureType = typeof(ResponseErrorEvent))]
    public async Task<IActionResult> Create([FromBody] CreateResponseRequest body, CancellationToken cancellationToken)
    {
        var isStream = body.Stream is true;
        var history = new ResponseHistory(store, ResponseOwner.Of(HttpContext), body);
        HttpContext.Exchange().Describe(
            body.Model, isStream, () => sharing.AddDropped(ResponseIgnoredFields.Of(body, history), body.Model, body.Options, body.KeepAlive));
        var stream = await mediator.Send(
            new CreateResponseCommand(body, history, HttpContext.ToRequestContext()), cancellationToken);
        return isStream
            ? new ServerSentEventsResult(stream, new ResponseStreamWriter(body, history, timeProvider))
            : new AnswerResult(stream, new ResponseWriter(body, history, timeProvider));
    }
}
