using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Mvc;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Native;
using MediatR;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

/// <summary>What clients ask to find out whether Ollama is there, before they send a key.</summary>
[SpeaksOllama, Served(NativeApi.On, NativeApi.Full), AllowAnonymous]
internal sealed class NativeOpenController(IMediator mediator, Callers callers) : ControllerBase
{
    /// <summary>The text that Ollama sends. Ollama is not asked: clients call this every second. Browsers get the landing page.</summary>
    [HttpGet("/"), ApiExplorerSettings(IgnoreApi = true)]
    public IActionResult Root() => Content("Ollama is running", "text/plain; charset=utf-8");

    [HttpGet(Routes.NativeVersion), DescribedBy<NativeVersionPage>]
    public async Task<IActionResult> Version(CancellationToken cancellationToken) => new NativeResult(await mediator.Send(
        new ReadNativeQuery(UpstreamEndpoint.Version, HttpContext.ToRequestContext(callers.Anonymous)), cancellationToken));
}
