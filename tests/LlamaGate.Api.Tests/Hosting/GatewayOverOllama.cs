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
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private GatewayOverOllama(EmulatedOllama ollama, RunningGateway gateway)
    {
        Ollama = ollama;
        Gateway = gateway;
        Client = new HttpClient(new SocketsHttpHandler
        {
            // Whoever hangs up does so at once, as a closed browser does.
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
        return new GatewayOverOllama(ollama, await RunningGateway.StartAsync(adjust?.Invoke(settings) ?? settings, configure));
    }

    public Task<HttpAnswer> ChatAsync(string body, params (string Name, string Value)[] headers) =>
        ChatAsync(Encoding.UTF8.GetBytes(body), headers);

    public async Task<HttpAnswer> ChatAsync(byte[] body, params (string Name, string Value)[] headers)
    {
        using var request = ChatRequest(body, headers);
        using var response = await Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    public async Task<HttpAnswer> GetAsync(string path)
    {
        using var response = await Client.GetAsync(path);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>Returns when the headers have come; the body is read event by event.</summary>
    public async Task<EventStream> OpenAsync(string body, CancellationToken cancellationToken = default)
    {
        using var request = ChatRequest(Encoding.UTF8.GetBytes(body));
        var response = await Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await EventStream.OfAsync(response);
    }

    /// <summary>The next request that reached Ollama's chat.</summary>
    public Task<RecordedRequest> NextChatUpstreamAsync() => Ollama.NextRequestAsync(LongestWait, "/api/chat");

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Gateway.DisposeAsync();
        await Ollama.DisposeAsync();
    }

    private static HttpRequestMessage ChatRequest(byte[] body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new("application/json");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
