using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Json;
using LlamaGate.Api.Mvc;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Native;
using LlamaGate.Application.Native.Contracts;
using LlamaGate.Domain.Models;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

/// <summary>Refuses requests that would change models. Ollama has no permissions of its own: every caller could delete models.</summary>
[SpeaksOllama, Served(NativeApi.On), ApiExplorerSettings(IgnoreApi = true)]
internal sealed class NativeReadOnlyController(IMediator mediator) : ControllerBase
{
    /// <summary>Clients pull to make sure that a model is there; when it is, that is a success.</summary>
    [HttpPost(Routes.NativePull)]
    public async Task<IActionResult> Pull(CancellationToken cancellationToken)
    {
        using var json = await RequestBody.ReadAsync(Request);
        var body = NativeBody.Read(json.WrittenMemory);
        HttpContext.Exchange().Describe(body.Model, body.IsStream, () => []);
        await mediator.Send(new PullNativeModelCommand(body, HttpContext.ToRequestContext()), cancellationToken);
        return body.IsStream
            ? Content("{\"status\":\"success\"}\n", "application/x-ndjson")
            : Content("{\"status\":\"success\"}", "application/json; charset=utf-8");
    }

    [HttpPost(Routes.NativePush), HttpPost(Routes.NativeCreate), HttpPost(Routes.NativeCopy), HttpDelete(Routes.NativeDelete)]
    [HttpGet($"{Routes.NativeBlobs}/{{digest}}"), HttpPost($"{Routes.NativeBlobs}/{{digest}}")]
    public Task Refuse() => ErrorResponseWriter.WriteAsync(HttpContext, ReadOnlyModels.Refusal());
}
