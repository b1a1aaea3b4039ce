using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Lifetime;

/// <summary>Makes ready what the first chat needs.</summary>
internal sealed class WarmUp(IServiceProvider services, IHostApplicationLifetime lifetime, TimeProvider timeProvider)
    : WorkAfterStart(TimeSpan.FromMilliseconds(500), lifetime, timeProvider)
{
    // The service is taken only now: to make the mapper is part of the work.
    protected override Task RunAsync(CancellationToken stopping) =>
        services.GetRequiredService<IWarmUp>().RunAsync(stopping);
}
