using LlamaGate.Api.Json;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Native;
using LlamaGate.Application.Native.Contracts;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

internal static class NativeCalls
{
    /// <summary>Passes the request's body to Ollama.</summary>
    public static async Task<IActionResult> CallNativeAsync(
        this IMediator mediator, NativeCall call, HttpContext http, CancellationToken cancellationToken)
    {
        using var json = await RequestBody.ReadAsync(http.Request);
        var needsDemand = http.Exchange().SharesHosts || call.Context.Caller.Policy.HasQuota;
        var body = NativeBody.Read(json.WrittenMemory, needsDemand);
        http.Exchange().Describe(body.Model, call.MayStream && body.IsStream, () => call.Ignored(body));
        return new NativeResult(await mediator.Send(new CallNativeCommand(call.Endpoint, body, call.Context), cancellationToken));
    }
}
