using LlamaGate.Api.Errors;
using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Dialects.Messages;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Messages;

/// <summary>Anthropic's endpoints for conversations.</summary>
[SpeaksAnthropic<MessageFields>("messages")]
internal sealed class MessagesController(IMediator mediator, HostSharing sharing) : ControllerBase
{
    [HttpPost(Routes.Messages), DescribedBy<MessagesPage>]
    [ProducesResponseType<MessageAnswer>(StatusCodes.Status200OK)]
    [ProducesEventStream<MessageStreamEvent>(MessagesPage.StreamEnding, FailureType = typeof(AnthropicError))]
    public async Task<IActionResult> Create([FromBody] CreateMessageRequest body, CancellationToken cancellationToken)
    {
        var isStream = body.Stream is true;
        HttpContext.Exchange().Describe(
            body.Model, isStream, () => sharing.AddDropped(MessageIgnoredFields.Of(body), body.Model, body.Options, body.KeepAlive));
        var stream = await mediator.Send(new CreateMessageCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        return isStream
            ? new ServerSentEventsResult(stream, new MessageStreamWriter(body))
            : new AnswerResult(stream, new MessageWriter(body));
    }

    [HttpPost(Routes.CountTokens), DescribedBy<CountTokensPage>]
    [ProducesResponseType<MessageTokenCount>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Count([FromBody] CountTokensRequest body, CancellationToken cancellationToken)
    {
        HttpContext.Exchange().Describe(body.Model, isStream: false, () => MessageIgnoredFields.Of(body));
        var count = await mediator.Send(new CountMessageTokensCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        Response.Headers[ExchangeHeaders.EstimateHeader] = "input_tokens";
        return new JsonAnswer<MessageTokenCount>(count, MessagesJsonContext.Instance.MessageTokenCount);
    }
}
