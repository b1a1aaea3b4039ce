using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LlamaGate.Infrastructure.Cluster;

/// <summary>
/// What makes a gateway one of several. Nothing here is reached without <see cref="ClusterOptions"/>, and methods that mention Orleans are
/// not inlined: their callers would load it.
/// </summary>
internal static class ClusterRegistration
{
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static IServiceCollection AddMember(this IServiceCollection services, ClusterOptions options) => services
        .AddSingleton(options)
        .AddSingleton(options.Redis)
        .AddSingleton<ClusterLog>()
        .AddSingleton<RedisConnection>()
        .AddSingleton<MembershipBackup>()
        .AddSingleton<ClusterView>()
        .AddSingleton<ICluster>(provider => provider.GetRequiredService<ClusterView>())
        .AddSingleton<ClusterMember>()
        .AddSingleton<IClusterGrains>(provider => provider.GetRequiredService<ClusterMember>())
        .AddSingleton<IHostedService>(provider => provider.GetRequiredService<ClusterMember>());
}
