using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Chat;

/// <summary>OpenAI's chat endpoint.</summary>
internal sealed class ChatCompletionsController(IMediator mediator) : ControllerBase
{
    [HttpPost("/v1/chat/completions"), DescribedBy<ChatCompletionsPage>]
    [ProducesResponseType<ChatCompletion>(StatusCodes.Status200OK), ProducesEventStream<ChatCompletionChunk>]
    public async Task<IActionResult> Create([FromBody] ChatCompletionRequest body, CancellationToken cancellationToken) =>
        body.Stream is true
            ? new ServerSentEventsResult<ChatCompletionChunk>(
                await mediator.Send(new StreamChatCompletionCommand(body), cancellationToken),
                new ChatChunkFraming())
            : new JsonAnswer<ChatCompletion>(
                await mediator.Send(new CreateChatCompletionCommand(body), cancellationToken),
                ChatJsonContext.Write);
}
