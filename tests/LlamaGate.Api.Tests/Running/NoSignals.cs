using Microsoft.Extensions.Hosting;

namespace LlamaGate.Api.Tests.Running;

/// <summary>Leaves the signals of the test process to the test runner.</summary>
internal sealed class NoSignals : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
