using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>The scheduling of a gateway that is one of several. Nothing here is reached by one that works alone.</summary>
internal static class ClusterScheduling
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IServiceCollection AddClusterScheduling(this IServiceCollection services) => services
        .AddSingleton<SchedulerSeat>()
        .AddSingleton<ISiloParts>(provider => provider.GetRequiredService<SchedulerSeat>())
        .AddSingleton<IDesk, GrainDesk>()
        .AddSingleton<ClusterLink>()
        .AddSingleton<KnownModels>()
        .AddSingleton<HostComparison>()
        .AddSingleton<ClusterScheduler>()
        .AddSingleton<ClusterHosts>()
        .AddSingleton<ClusterFigures>()
        .AddSingleton<IScheduler>(provider => provider.GetRequiredService<ClusterScheduler>())
        .AddSingleton<IUpstreamQueue>(provider => provider.GetRequiredService<ClusterHosts>())
        .AddSingleton<ISharedHosts>(provider => provider.GetRequiredService<ClusterHosts>())
        .AddSingleton<IHostFigures>(provider => provider.GetRequiredService<ClusterFigures>());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void StartClusterScheduling(this IServiceProvider provider)
    {
        // Calls of other gateways are no sign of foreign use.
        provider.GetRequiredService<OllamaHosts>().SeesAllCalls = false;
        provider.GetRequiredService<ClusterScheduler>().Start();
    }
}
