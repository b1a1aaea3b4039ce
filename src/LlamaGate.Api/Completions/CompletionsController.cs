using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Api.Streaming;
using LlamaGate.Application.Dialects.Completions;
using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Completions;

/// <summary>OpenAI's older completions endpoint.</summary>
[Speaks<CompletionFields>("completions")]
internal sealed class CompletionsController(IMediator mediator, HostSharing sharing, TimeProvider timeProvider) : ControllerBase
{
    [HttpPost(Routes.Completions), DescribedBy<CompletionsPage>]
    [ProducesResponseType<Completion>(StatusCodes.Status200OK), ProducesEventStream<Completion>]
    public async Task<IActionResult> Create([FromBody] CreateCompletionRequest body, CancellationToken cancellationToken)
    {
        var isStream = body.Stream is true;
        HttpContext.Exchange().Describe(
            body.Model, isStream,
            () => sharing.AddDropped(CompletionIgnoredFields.Of(body, sharing.IsOn), body.Model, body.Options, body.KeepAlive));
        var stream = await mediator.Send(
            new CreateCompletionCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        return isStream
            ? new ServerSentEventsResult(stream, new CompletionStreamWriter(body, timeProvider))
            : new AnswerResult(stream, new CompletionWriter(body, timeProvider));
    }
}
