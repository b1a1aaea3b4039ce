using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.ChatCompletions;

/// <summary>OpenAI's chat endpoint.</summary>
[Speaks<ChatCompletionFields>("chat")]
internal sealed class ChatCompletionsController(IMediator mediator, HostSharing sharing, TimeProvider timeProvider) : ControllerBase
{
    [HttpPost(Routes.ChatCompletions), DescribedBy<ChatCompletionsPage>]
    [ProducesResponseType<ChatCompletion>(StatusCodes.Status200OK), ProducesEventStream<ChatCompletionChunk>]
    public async Task<IActionResult> Create([FromBody] ChatCompletionRequest body, CancellationToken cancellationToken)
    {
        var isStream = body.Stream is true;
        HttpContext.Exchange().Describe(
            body.Model, isStream, () => sharing.AddDropped(ChatCompletionIgnoredFields.Of(body), body.Model, body.Options, body.KeepAlive));
        var stream = await mediator.Send(
            new CreateChatCompletionCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        return isStream
            ? new ServerSentEventsResult(stream, new ChatCompletionStreamWriter(body, timeProvider))
            : new AnswerResult(stream, new ChatCompletionWriter(body, timeProvider));
    }
}
