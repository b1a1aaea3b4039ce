using System.Net;
using LlamaGate.Api;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using LlamaGate.PerformanceTests.Running;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Benchmarks.InMemory;

/// <summary>The whole gateway without a network on either side: what is measured is its own work.</summary>
internal sealed class MemoryGateway : IAsyncDisposable
{
    public const string Key = "sk-benchmark-0123456789abcdef0123456789ab";

    private readonly MemoryServer _server = new();
    private readonly MemoryStream _answer = new();
    private readonly WebApplication _app;

    private MemoryGateway(RecordedUpstream upstream, bool cacheEnabled)
    {
        var settings = new GatewaySettings { Port = 0, ApiKey = Key, RateLimitRps = 1_000_000_000, CacheEnabled = cacheEnabled };
        _app = GatewayHost.Build(settings, builder => builder.Services
            .AddSingleton<IServer>(_server)
            .AddSingleton(new HttpMessageInvoker(upstream))
            .AddSingleton(new LogOutput(Log) { Gathering = TimeSpan.Zero })
            .AddSingleton<IHostLifetime, NoSignals>());
    }

    public LineCounter Log { get; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<MemoryGateway> StartAsync(RecordedUpstream upstream, bool cacheEnabled = false)
    {
        var gateway = new MemoryGateway(upstream, cacheEnabled);
        await gateway._app.StartAsync();
        return gateway;
    }

    /// <returns>The answer's body, good until the next call.</returns>
    public async Task<ReadOnlyMemory<byte>> PostAsync(string path, byte[] body, int status, string? key = Key)
    {
        _answer.SetLength(0);
        var response = new MemoryResponse(_answer);
        await _server.ProcessAsync(Features(Request(path, body, key), response));
        await response.CompleteAsync();
        return response.StatusCode == status
            ? _answer.GetBuffer().AsMemory(0, (int)_answer.Length)
            : throw new InvalidOperationException($"The gateway answered {response.StatusCode}, not {status}.");
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Log.DisposeAsync();
        await _answer.DisposeAsync();
    }

    private static HttpRequestFeature Request(string path, byte[] body, string? key)
    {
        IHeaderDictionary headers = new HeaderDictionary();
        headers.Host = "127.0.0.1";
        headers.ContentType = "application/json";
        headers.ContentLength = body.Length;
        if (key is not null)
        {
            headers.Authorization = $"Bearer {key}";
        }

        return new HttpRequestFeature
        {
            Method = HttpMethods.Post,
            Path = path,
            Protocol = HttpProtocol.Http11,
            Scheme = "http",
            Headers = headers,
            Body = new MemoryStream(body, writable: false),
        };
    }

    private static FeatureCollection Features(HttpRequestFeature request, MemoryResponse response)
    {
        var features = new FeatureCollection();
        features.Set<IHttpRequestFeature>(request);
        features.Set<IHttpRequestBodyDetectionFeature>(new HasBody());
        features.Set<IHttpResponseFeature>(response);
        features.Set<IHttpResponseBodyFeature>(response);
        features.Set<IHttpConnectionFeature>(new HttpConnectionFeature { RemoteIpAddress = IPAddress.Loopback });
        features.Set<IHttpRequestLifetimeFeature>(new HttpRequestLifetimeFeature());
        return features;
    }

    private sealed class HasBody : IHttpRequestBodyDetectionFeature
    {
        public bool CanHaveBody => true;
    }

    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
