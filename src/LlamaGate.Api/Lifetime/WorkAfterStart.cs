namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Work that is done once, shortly after the gateway listens, and on another thread. The start does not wait for it.
/// </summary>
/// <param name="pause">Leaves the processor to the start, and to the first caller, which is mostly a probe that waits for the start.</param>
/// <param name="lifetime">The gateway's.</param>
/// <param name="timeProvider">Measures the pause.</param>
internal abstract class WorkAfterStart(TimeSpan pause, IHostApplicationLifetime lifetime, TimeProvider timeProvider) : IHostedService
{
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() => _running = RunAfterPauseAsync(lifetime.ApplicationStopping));
        return Task.CompletedTask;
    }

    /// <summary>Waited for and not looked at: whatever fails here fails a request too, and is reported there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    protected abstract Task RunAsync(CancellationToken stopping);

    private async Task RunAfterPauseAsync(CancellationToken stopping)
    {
        await Task.Delay(pause, timeProvider, stopping);
        await RunAsync(stopping);
    }
}
