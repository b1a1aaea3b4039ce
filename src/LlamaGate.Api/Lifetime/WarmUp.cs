using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Shortly after the gateway listens, warms up the code for the first chat on another thread. The pause leaves the
/// processor to the first caller, which is usually a probe that waits for the start.
/// </summary>
internal sealed class WarmUp(
    IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider timeProvider) : IHostedService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _running = RunAsync(lifetime.ApplicationStopping));
        return Task.CompletedTask;
    }

    /// <summary>Awaited, with failures ignored: a failure here also fails the first caller, who gets the error.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.Delay(Pause, timeProvider, stopping);
        // Only now, because creating the mapper is part of the work.
        await services.GetRequiredService<IWarmUp>().RunAsync(stopping);
    }
}
