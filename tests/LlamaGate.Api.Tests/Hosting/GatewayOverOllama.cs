using System.Net;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;

namespace LlamaGate.Api.Tests.Hosting;

/// <summary>
/// The gateway in front of an emulated Ollama, real sockets on both sides. The clock is the gateway's fake one: nothing times out
/// unless the test moves it. Caching is off and the rate limit out of the way unless the test says otherwise.
/// </summary>
internal sealed class GatewayOverOllama : IAsyncDisposable
{
    /// <summary>Bound of every wait: long enough for a busy machine, and never waited for when all is well.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private const string ChatPath = "/v1/chat/completions";

    private GatewayOverOllama(EmulatedOllama ollama, RunningGateway gateway)
    {
        Ollama = ollama;
        Gateway = gateway;
        Client = new HttpClient(new SocketsHttpHandler
        {
            // A client that hangs up does so at once, as a closed browser does.
            MaxResponseDrainSize = 0,
            ResponseDrainTimeout = TimeSpan.Zero,
            UseProxy = false,
        })
        {
            BaseAddress = gateway.Client.BaseAddress,
            Timeout = LongestWait,
        };
    }

    public EmulatedOllama Ollama { get; }

    public RunningGateway Gateway { get; }

    public HttpClient Client { get; }

    public static async Task<GatewayOverOllama> StartAsync(
        Func<GatewaySettings, GatewaySettings>? adjust = null, Action<WebApplicationBuilder>? configure = null)
    {
        var ollama = await EmulatedOllama.StartAsync();
        var settings = new GatewaySettings
        {
            OllamaHost = ollama.Address,
            RateLimitRps = 1_000_000,
            CacheEnabled = false,
        };
        settings = adjust?.Invoke(settings) ?? settings;
        if (settings.CacheEnabled)
        {
            // What the cache looks up for itself in the background serves no request, and comes at a moment of its own.
            ollama.Ignore(request => request.Path is "/api/tags" or "/api/ps" && !request.Headers.ContainsKey("X-Request-ID"));
        }

        return new GatewayOverOllama(ollama, await RunningGateway.StartAsync(settings, configure));
    }

    public Task<HttpAnswer> ChatAsync(string body, params (string Name, string Value)[] headers) =>
        ChatAsync(Encoding.UTF8.GetBytes(body), headers);

    public Task<HttpAnswer> ChatAsync(byte[] body, params (string Name, string Value)[] headers) =>
        PostAsync(ChatPath, body, headers);

    public Task<HttpAnswer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        PostAsync(path, Encoding.UTF8.GetBytes(body), headers);

    public async Task<HttpAnswer> PostAsync(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = CreatePost(path, body, headers);
        using var response = await Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public async Task<HttpAnswer> GetAsync(string path, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>Returns when the headers have come; the body is read event by event.</summary>
    public Task<EventStream> OpenAsync(string body, CancellationToken cancellationToken = default) =>
        OpenAsync(ChatPath, body, cancellationToken);

    public async Task<EventStream> OpenAsync(string path, string body, CancellationToken cancellationToken = default)
    {
        using var request = CreatePost(path, Encoding.UTF8.GetBytes(body));
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await EventStream.OfAsync(response);
    }

    /// <summary>Waits until this many requests are running; spinning on the gateway's own count, bounded.</summary>
    public async Task RunningAsync(int count)
    {
        using var limit = new CancellationTokenSource(LongestWait);
        while (Gateway.Drain.Running != count)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>The next request that reached Ollama's chat.</summary>
    public Task<RecordedRequest> NextChatUpstreamAsync() => Ollama.NextRequestAsync(LongestWait, "/api/chat");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
        await Ollama.DisposeAsync();
    }

    private static HttpRequestMessage CreatePost(string path, byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
