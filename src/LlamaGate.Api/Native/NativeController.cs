using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Mvc;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Application.Native;
using MediatR;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

/// <summary>Ollama's own API, except the part that changes models.</summary>
[SpeaksOllama, Served(NativeApi.On, NativeApi.Full)]
internal sealed class NativeController(IMediator mediator, HostSharing sharing) : ControllerBase
{
    [HttpPost(Routes.NativeChat), DescribedBy<NativeChatPage>]
    public Task<IActionResult> Chat(CancellationToken cancellationToken) =>
        CallAsync(UpstreamEndpoint.Chat, mayStream: true, cancellationToken);

    [HttpPost(Routes.NativeGenerate), DescribedBy<NativeGeneratePage>]
    public Task<IActionResult> Generate(CancellationToken cancellationToken) =>
        CallAsync(UpstreamEndpoint.Generate, mayStream: true, cancellationToken);

    [HttpPost(Routes.NativeEmbed), DescribedBy<NativeEmbedPage>]
    public Task<IActionResult> Embed(CancellationToken cancellationToken) =>
        CallAsync(UpstreamEndpoint.Embed, mayStream: false, cancellationToken);

    [HttpPost(Routes.NativeEmbeddings), DescribedBy<NativeEmbeddingsPage>]
    public Task<IActionResult> Embeddings(CancellationToken cancellationToken) =>
        CallAsync(UpstreamEndpoint.Embeddings, mayStream: false, cancellationToken);

    [HttpPost(Routes.NativeShow), DescribedBy<NativeShowPage>]
    public Task<IActionResult> Show(CancellationToken cancellationToken) =>
        CallAsync(UpstreamEndpoint.Show, mayStream: false, cancellationToken);

    [HttpGet(Routes.NativeTags), DescribedBy<NativeTagsPage>]
    public Task<IActionResult> Tags(CancellationToken cancellationToken) =>
        ReadAsync(UpstreamEndpoint.Tags, HttpContext.ToRequestContext(), cancellationToken);

    [HttpGet(Routes.NativeRunning), DescribedBy<NativeRunningPage>]
    public Task<IActionResult> Running(CancellationToken cancellationToken) =>
        ReadAsync(UpstreamEndpoint.RunningModels, HttpContext.ToRequestContext(), cancellationToken);

    private Task<IActionResult> CallAsync(UpstreamEndpoint endpoint, bool mayStream, CancellationToken cancellationToken) =>
        mediator.CallNativeAsync(
            new NativeCall(endpoint, mayStream, HttpContext.ToRequestContext())
            {
                Ignored = body => sharing.IsOn && endpoint is not UpstreamEndpoint.Show ? sharing.WithoutWish(body.Model, body.LoadMembers) : [],
            },
            HttpContext,
            cancellationToken);

    private async Task<IActionResult> ReadAsync(UpstreamEndpoint endpoint, RequestContext context, CancellationToken cancellationToken) =>
        new NativeResult(await mediator.Send(new ReadNativeQuery(endpoint, context), cancellationToken));
}
