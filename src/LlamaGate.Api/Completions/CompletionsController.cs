using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Completions;
using LlamaGate.Application.Completions.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Completions;

/// <summary>OpenAI's older completions endpoint.</summary>
internal sealed class CompletionsController(IMediator mediator) : ControllerBase
{
    [HttpPost("/v1/completions"), DescribedBy<CompletionsPage>]
    [ProducesResponseType<Completion>(StatusCodes.Status200OK), ProducesEventStream<Completion>]
    public async Task<IActionResult> Create([FromBody] CreateCompletionRequest body, CancellationToken cancellationToken) =>
        body.Stream is true
            ? new ServerSentEventsResult<Completion>(
                await mediator.Send(new StreamCompletionCommand(body), cancellationToken),
                new ChunkFraming<Completion>(CompletionsJsonContext.Instance.Completion))
            : new JsonAnswer<Completion>(
                await mediator.Send(new CreateCompletionCommand(body), cancellationToken),
                CompletionsJsonContext.Instance.Completion);
}
