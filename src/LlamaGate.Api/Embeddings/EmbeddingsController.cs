using LlamaGate.Api.Errors;
using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Embeddings;

/// <summary>OpenAI's embeddings endpoint.</summary>
[Speaks<EmbeddingFields>]
internal sealed class EmbeddingsController(IMediator mediator, HostSharing sharing) : ControllerBase
{
    [HttpPost(Routes.Embeddings), DescribedBy<EmbeddingsPage>]
    [ProducesResponseType<CreateEmbeddingResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Create([FromBody] CreateEmbeddingRequest body, CancellationToken cancellationToken)
    {
        var exchange = HttpContext.Exchange();
        exchange.Describe(
            body.Model, isStream: false, () => sharing.AddDropped(EmbeddingIgnoredFields.Of(body), body.Model, body.Options, body.KeepAlive));
        var command = new CreateEmbeddingsCommand(body, HttpContext.ToRequestContext())
        {
            Failed = failure => exchange.Answer = new EmbeddingFacts(failure),
        };
        var answer = await mediator.Send(command, cancellationToken);
        exchange.Answer = new EmbeddingFacts(answer);
        return new JsonAnswer<CreateEmbeddingResponse>(
            EmbeddingWriter.ToResponse(body, answer.Result), EmbeddingsJsonContext.Instance.CreateEmbeddingResponse);
    }
}
