using LlamaGate.Application.Chat;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Once the gateway listens, and on another thread, so that no answer waits for it: makes ready what the first chat needs.
/// </summary>
internal sealed class WarmUp(ChatWarmUp chat, IHostApplicationLifetime lifetime) : IHostedService
{
    private Task _running = Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
            _running = Task.Run(() => chat.RunAsync(lifetime.ApplicationStopping), CancellationToken.None));
        return Task.CompletedTask;
    }

    /// <summary>Waited for and not looked at: what fails here fails for the first caller too, and is told there.</summary>
    public async Task StopAsync(CancellationToken cancellationToken) =>
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
}
