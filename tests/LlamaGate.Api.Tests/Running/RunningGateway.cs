using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Logging;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Running;

/// <summary>
/// The whole gateway in this process on a real socket, with a fake clock, a readable log and test endpoints.
/// </summary>
internal sealed class RunningGateway : IAsyncDisposable
{
    public const long StartSeconds = 1_703_123_456;

    private readonly WebApplication _app;
    private readonly StringWriter _log = new();

    private RunningGateway(GatewaySettings settings, Action<WebApplicationBuilder>? configure)
    {
        _app = GatewayHost.Build(settings with { Port = 0 }, builder =>
        {
            builder.Services
                .AddSingleton<TimeProvider>(Clock)
                .AddSingleton(new LogOutput(TextWriter.Synchronized(_log)))
                .AddSingleton(Gate)
                .AddSingleton<IHostLifetime, NoSignals>()
                .AddMvcCore().AddApplicationPart(typeof(ExchangeController).Assembly);
            configure?.Invoke(builder);
        });
    }

    public FakeTimeProvider Clock { get; } = new(DateTimeOffset.FromUnixTimeSeconds(StartSeconds));

    public Gate Gate { get; } = new();

    public HttpClient Client { get; } = new();

    /// <summary>Replaced as SIGHUP does.</summary>
    public CurrentSettings Settings => _app.Services.GetRequiredService<CurrentSettings>();

    public IServiceProvider Services => _app.Services;

    public Drain Drain => _app.Services.GetRequiredService<Drain>();

    public IPEndPoint EndPoint => new(IPAddress.Loopback, Client.BaseAddress!.Port);

    public static async Task<RunningGateway> StartAsync(
        GatewaySettings? settings = null, Action<WebApplicationBuilder>? configure = null)
    {
        var gateway = new RunningGateway(settings ?? new GatewaySettings(), configure);
        await gateway._app.StartAsync();
        var features = gateway._app.Services.GetRequiredService<IServer>().Features;
        var address = new Uri(features.Get<IServerAddressesFeature>()!.Addresses.Single());
        gateway.Client.BaseAddress = new Uri($"{address.Scheme}://127.0.0.1:{address.Port}");
        return gateway;
    }

    /// <summary>What the first signal does.</summary>
    public void BeginStop() => _app.Lifetime.StopApplication();

    public Task StopAsync() => _app.StopAsync();

    /// <summary>Lets running requests end, stops and returns every line of the log.</summary>
    public async Task<IReadOnlyList<string>> StopAndReadLogAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        return _log.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async ValueTask DisposeAsync()
    {
        Gate.Release();
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
