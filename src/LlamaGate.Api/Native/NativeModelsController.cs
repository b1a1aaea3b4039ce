using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Json;
using LlamaGate.Api.Mvc;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Native;
using LlamaGate.Application.Native.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

/// <summary>Endpoints that change models. They exist only with NATIVE_API=full.</summary>
[SpeaksOllama, Served(NativeApi.Full), ApiExplorerSettings(IgnoreApi = true)]
internal sealed class NativeModelsController(IMediator mediator) : ControllerBase
{
    [HttpPost(Routes.NativePull)]
    public Task<IActionResult> Pull(CancellationToken cancellationToken) => CallAsync(UpstreamEndpoint.Pull, cancellationToken);

    [HttpPost(Routes.NativePush)]
    public Task<IActionResult> Push(CancellationToken cancellationToken) => CallAsync(UpstreamEndpoint.Push, cancellationToken);

    [HttpPost(Routes.NativeCreate)]
    public Task<IActionResult> Create(CancellationToken cancellationToken) => CallAsync(UpstreamEndpoint.Create, cancellationToken);

    [HttpPost(Routes.NativeCopy)]
    public Task<IActionResult> Copy(CancellationToken cancellationToken) => CallAsync(UpstreamEndpoint.Copy, cancellationToken);

    [HttpDelete(Routes.NativeDelete)]
    public Task<IActionResult> Delete(CancellationToken cancellationToken) => CallAsync(UpstreamEndpoint.Delete, cancellationToken);

    /// <summary>Ollama supports HEAD here, so HEAD goes upstream as HEAD.</summary>
    [HttpGet($"{Routes.NativeBlobs}/{{digest}}")]
    public async Task<IActionResult> FindBlob(string digest, CancellationToken cancellationToken) => new NativeResult(await mediator.Send(
        new CallBlobCommand(UpstreamEndpoint.FindBlob, new NativeBlob(digest, default), ToRequestContext()), cancellationToken));

    [HttpPost($"{Routes.NativeBlobs}/{{digest}}")]
    public async Task<IActionResult> CreateBlob(string digest, CancellationToken cancellationToken)
    {
        using var content = await RequestBody.ReadAsync(Request);
        var blob = new NativeBlob(digest, content.WrittenMemory);
        return new NativeResult(await mediator.Send(
            new CallBlobCommand(UpstreamEndpoint.CreateBlob, blob, ToRequestContext()), cancellationToken));
    }

    private Task<IActionResult> CallAsync(UpstreamEndpoint endpoint, CancellationToken cancellationToken) => mediator.CallNativeAsync(
        new NativeCall(
            endpoint,
            MayStream: endpoint is UpstreamEndpoint.Pull or UpstreamEndpoint.Push or UpstreamEndpoint.Create,
            ToRequestContext()),
        HttpContext,
        cancellationToken);

    /// <summary>Of several hosts, the caller may name the one that is meant.</summary>
    private RequestContext ToRequestContext() => HttpContext.ToRequestContext() with
    {
        Host = Request.Headers.TryGetValue(ExchangeHeaders.HostHeader, out var host) ? host.ToString() : null,
    };
}
