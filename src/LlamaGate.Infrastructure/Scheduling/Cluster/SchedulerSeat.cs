using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Hosting;
using Orleans.Runtime;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Where the scheduler of the cluster lives when this gateway is the one that holds it.</summary>
/// <param name="services">The gateway's.</param>
internal sealed partial class SchedulerSeat(IServiceProvider services, TimeProvider timeProvider, ILogger<SchedulerSeat> logger)
    : ISiloParts, ILifecycleParticipant<ISiloLifecycle>
{
    private static readonly TimeSpan MaxPreparation = TimeSpan.FromSeconds(2);

    private HeldScheduler? _held;

    /// <summary>Null while another gateway holds it.</summary>
    public HeldScheduler? Held => Volatile.Read(ref _held);

    public void AddTo(ISiloBuilder silo) => silo.Services.AddSingleton(this).AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(this);

    /// <summary>
    /// When the silo leaves, its grains end after their running calls. The polls of the other gateways are such calls, and would keep the
    /// scheduler here for seconds.
    /// </summary>
    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(SchedulerSeat), ServiceLifecycleStage.GrainDeactivation, static _ => Task.CompletedTask, CloseAsync);

    /// <summary>Waits, not for long, until the hosts have been probed: a gateway that has just started knows nothing of them.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        var probed = services.GetRequiredService<OllamaHosts>().WhenProbedAsync(cancellationToken);
        await Task.WhenAny(probed, Task.Delay(MaxPreparation, timeProvider, cancellationToken));
    }

    /// <summary>A new scheduler, which knows nothing.</summary>
    public HeldScheduler Take(IClusterMembershipService membership)
    {
        var shared = ActivatorUtilities.CreateInstance<SharedScheduler>(services, ActivatorUtilities.CreateInstance<HostLoads>(services));
        var admin = ActivatorUtilities.CreateInstance<LocalHosts>(services, shared);
        var held = ActivatorUtilities.CreateInstance<HeldScheduler>(services, shared, admin, membership, timeProvider);
        Volatile.Write(ref _held, held);
        LogHeld();
        return held;
    }

    public void Leave(HeldScheduler held)
    {
        Interlocked.CompareExchange(ref _held, null, held);
        held.Dispose();
    }

    private Task CloseAsync(CancellationToken cancellationToken)
    {
        Held?.Desk.Close();
        return Task.CompletedTask;
    }

    [LoggerMessage(EventId = 2082, EventName = "SchedulerHeld", Level = LogLevel.Information,
        Message = "This gateway holds the scheduler of the cluster from now on")]
    private partial void LogHeld();
}
