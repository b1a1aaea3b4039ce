using LlamaGate.Api.Errors;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Models;
using LlamaGate.Application.Models.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Models;

/// <summary>OpenAI's model endpoints.</summary>
[Speaks<ModelFields>]
internal sealed class ModelsController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.Models), DescribedBy<ModelListPage>, ProducesResponseType<ModelList>(StatusCodes.Status200OK)]
    [AlsoForAnthropic<AnthropicModelList>]
    public async Task<IActionResult> List(CancellationToken cancellationToken) =>
        Ok(await mediator.Send(new ListModelsQuery(HttpContext.ToRequestContext()), cancellationToken));

    /// <summary>Ids hold slashes (<c>hf.co/user/model:tag</c>), so the rest of the path is the id.</summary>
    [HttpGet($"{Routes.Models}/{{**id}}"), DescribedBy<ModelPage>, ProducesResponseType<ModelObject>(StatusCodes.Status200OK)]
    [AlsoForAnthropic<AnthropicModel>]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) => Ok(await mediator.Send(
        new GetModelQuery(Uri.UnescapeDataString(id), HttpContext.ToRequestContext()), cancellationToken));
}
