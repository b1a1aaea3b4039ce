using LlamaGate.Api.Json;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Embeddings;

/// <summary>OpenAI's embeddings endpoint.</summary>
internal sealed class EmbeddingsController(IMediator mediator) : ControllerBase
{
    [HttpPost("/v1/embeddings"), DescribedBy<EmbeddingsPage>]
    [ProducesResponseType<CreateEmbeddingResponse>(StatusCodes.Status200OK)]
    public async Task<IActionResult> Create([FromBody] CreateEmbeddingRequest body, CancellationToken cancellationToken) =>
        new JsonAnswer<CreateEmbeddingResponse>(
            await mediator.Send(new CreateEmbeddingsCommand(body), cancellationToken),
            EmbeddingsJsonContext.Instance.CreateEmbeddingResponse);
}
