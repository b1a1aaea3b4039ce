using System.Collections.Concurrent;
using System.Net;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;
using Moq;

namespace LlamaGate.Infrastructure.Tests.Ollama;

/// <summary>An upstream in memory behind the real calls, and what it was sent.</summary>
internal sealed class MemoryUpstream : HttpMessageHandler
{
    private readonly HttpMessageInvoker _http;

    public MemoryUpstream(TimeProvider? timeProvider = null)
    {
        _http = new HttpMessageInvoker(this, disposeHandler: false);
        Calls = new UpstreamCalls(_http, new OllamaHost(Options.Hosts.Current[0]), Options, timeProvider ?? TimeProvider.System);
    }

    public static RequestContext Context { get; } = new("r1", new Caller("test", new CallerPolicy(1)));

    public static OllamaOptions Options { get; } = new()
    {
        Hosts = new HostList([new OllamaHostOptions { Name = "ollama", Address = new Uri("http://ollama:11434"), DisplayAddress = "" }], isShared: false),
    };

    public UpstreamCalls Calls { get; }

    /// <summary>No model is there.</summary>
    public MissingModels MissingModels { get; } = new(
        Mock.Of<IModelCatalogue>(c => c.ListAsync(It.IsAny<RequestContext>(), It.IsAny<CancellationToken>())
            == Task.FromResult<IReadOnlyList<ModelInfo>>(new List<ModelInfo>())),
        TimeProvider.System);

    public required Func<string, Task<HttpResponseMessage>> Answer { get; set; }

    /// <summary>Method and path, and the body.</summary>
    public ConcurrentQueue<(string Endpoint, string Body)> Requests { get; } = [];

    public HttpRequestMessage? LastRequest { get; private set; }

    public static Task<HttpResponseMessage> Recorded(string name)
    {
        var recording = Recording.Named(name);
        return Json(recording.Body, recording.Status);
    }

    public static Task<HttpResponseMessage> Json(string json, int status = 200) =>
        Task.FromResult(new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(json) });

    protected override async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request, CancellationToken cancellationToken)
    {
        LastRequest = request;
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        Requests.Enqueue(($"{request.Method} {request.RequestUri!.AbsolutePath}", body));
        return await Answer(request.RequestUri.AbsolutePath).WaitAsync(cancellationToken);
    }

    protected override void Dispose(bool disposing)
    {
        _http.Dispose();
        base.Dispose(disposing);
    }
}
