using LlamaGate.Api.Tests.Running;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Api.Tests.Lifetime;

/// <summary>
/// Holds the stop between the beginning of the drain and the closing of the listener, a moment that otherwise is too
/// short to look at.
/// </summary>
internal sealed class HoldStop : IHostedLifecycleService
{
    private readonly Gate _gate = new();

    public Task Entered => _gate.Entered;

    public void Release() => _gate.Release();

    public Task StoppingAsync(CancellationToken cancellationToken) => _gate.PassAsync(cancellationToken);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
