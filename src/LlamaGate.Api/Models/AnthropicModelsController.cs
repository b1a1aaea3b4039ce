using LlamaGate.Api.Errors;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ActionConstraints;

namespace LlamaGate.Api.Models;

/// <summary>
/// The model endpoints in Anthropic's form, for its clients. The API's description has the paths once, with both
/// forms: see <see cref="OpenApi.AlsoForAnthropicAttribute"/>.
/// </summary>
[AsksAsAnthropicsClient, ApiExplorerSettings(IgnoreApi = true)]
[SpeaksAnthropic<ModelFields>]
internal sealed class AnthropicModelsController(IMediator mediator) : ControllerBase
{
    [HttpGet(Routes.Models)]
    public async Task<IActionResult> List(CancellationToken cancellationToken) =>
        Ok(await mediator.Send(
            new ListAnthropicModelsQuery(
                Request.Query.Limit(), Request.Query.Text("after_id"), Request.Query.Text("before_id"), HttpContext.ToRequestContext()),
            cancellationToken));

    /// <summary>Ids hold slashes, as in OpenAI's form.</summary>
    [HttpGet($"{Routes.Models}/{{**id}}")]
    public async Task<IActionResult> Get(string id, CancellationToken cancellationToken) => Ok(await mediator.Send(
        new GetAnthropicModelQuery(Uri.UnescapeDataString(id), HttpContext.ToRequestContext()), cancellationToken));
}

/// <summary>Lets a controller have only the requests with the header that all of Anthropic's clients send.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class AsksAsAnthropicsClientAttribute : Attribute, IActionConstraint
{
    public int Order => 0;

    public bool Accept(ActionConstraintContext context) =>
        context.RouteContext.HttpContext.Request.Headers.ContainsKey(AnthropicErrorDialect.VersionHeader);
}
