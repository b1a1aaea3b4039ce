using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Infrastructure.Accounts.Cluster;

/// <summary>Accounts and quotas of several gateways. Nothing here is reached by a gateway that works alone.</summary>
internal static class UsageRegistration
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IServiceCollection AddSharedUsage(this IServiceCollection services) => services
        .AddSingleton<ISiloParts, UsageGrains>()
        .AddSingleton<ClusterUsage>()
        .AddSingleton<ISharedQuotas>(provider => provider.GetRequiredService<ClusterUsage>())
        // After the member of the cluster, so that it stops before.
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ClusterUsage>());

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IUsageStore Share(IServiceProvider provider, IUsageStore own) => new ClusterUsageStore(
        own,
        provider.GetRequiredService<ClusterUsage>(),
        provider.GetRequiredService<IClusterGrains>(),
        provider.GetRequiredService<TimeProvider>());
}
