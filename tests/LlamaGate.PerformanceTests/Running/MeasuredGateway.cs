using LlamaGate.Api;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>
/// The whole gateway in this process, between a client and an upstream that allocate nothing: what is allocated is the gateway's.
/// </summary>
internal sealed class MeasuredGateway : IAsyncDisposable
{
    public const string Key = "sk-performance-0123456789abcdef0123456789";

    private readonly WebApplication _app;

    private MeasuredGateway(GatewaySettings settings)
    {
        _app = GatewayHost.Build(settings with { Port = 0, OllamaHost = Wires.UpstreamAddress }, builder => builder.Services
            .AddSingleton(new LogOutput(Log) { Gathering = TimeSpan.Zero })
            .AddSingleton<IHostLifetime, NoSignals>());
    }

    public LineCounter Log { get; } = new();

    public Wires Wires { get; } = new();

    public static async Task<MeasuredGateway> StartAsync(bool cacheEnabled)
    {
        var gateway = new MeasuredGateway(
            new GatewaySettings { ApiKey = Key, RateLimitRps = 1_000_000, CacheEnabled = cacheEnabled });
        await gateway._app.StartAsync();
        var addresses = gateway._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>();
        gateway.Wires.Connect(new Uri(addresses!.Addresses.Single()).Port);
        return gateway;
    }

    public async ValueTask DisposeAsync()
    {
        Wires.Dispose();
        await _app.DisposeAsync();
        await Log.DisposeAsync();
    }

    /// <summary>Leaves the signals of this process to the test runner.</summary>
    private sealed class NoSignals : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
