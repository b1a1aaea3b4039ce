using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Shortly after the gateway listens, on another thread: makes ready what the first chat needs. The pause leaves the
/// processor to the first caller, which is mostly a probe that waits for the start.
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

    /// <summary>Waited for and not looked at: what fails here fails the first caller too, who gets the error.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    private async Task RunAsync(CancellationToken stopping)
    {
        await Task.Delay(Pause, timeProvider, stopping);
        // Only now: to make the mapper is part of the work.
        await services.GetRequiredService<IWarmUp>().RunAsync(stopping);
    }
}
