using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Infrastructure.Accounts;
using LlamaGate.Infrastructure.Accounts.Cluster;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Callers;
using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Routing;
using LlamaGate.Infrastructure.Scheduling;
using LlamaGate.Infrastructure.Scheduling.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Infrastructure;

public static class DependencyInjection
{
    /// <summary>The adapters of the application's ports. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services, OllamaOptions ollama, ResponseCacheOptions cache, ResponseStoreOptions store)
    {
        services.AddSingleton(ollama);
        services.AddUpstream();
        services.AddSingleton<MissingModels>();
        services.AddSingleton<ITokenRatios, TokenRatios>();
        services.AddSingleton<IConversationClient, OllamaConversationClient>();
        services.AddSingleton<IEmbeddingClient, OllamaEmbeddingClient>();
        services.AddSingleton(cache);
        services.AddSingleton<IResponseCache, ResponseCache>();
        services.AddSingleton(store);
        services.AddSingleton<IResponseStore, ResponseStore>();
        return services;
    }

    /// <summary>Who may call. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddCallers(this IServiceCollection services, CallerDirectoryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<ICallerDirectory, CallerDirectory>();

    /// <summary>Who used what. Needs a <see cref="TimeProvider"/>. Without a directory nothing of SQLite is loaded.</summary>
    public static IServiceCollection AddAccounts(this IServiceCollection services, UsageStoreOptions options) => services
        .AddSingleton(options)
        .AddSingleton<IUsageStore>(static provider => provider.GetService<ISharedQuotas>() is null
            ? CreateStore(provider)
            : UsageRegistration.Share(provider, CreateStore(provider)))
        .AddSingleton<IUsageSink>(static provider => provider.GetRequiredService<IUsageStore>());

    private static IUsageStore CreateStore(IServiceProvider provider) =>
        provider.GetRequiredService<UsageStoreOptions>() is { Directory: { } directory } file
            ? new SqliteUsageStore(
                directory,
                file.OpenNativeLibrary,
                new StoreLimits(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetRequiredService<ILogger<StoreLog>>())
            : new MemoryUsageStore();

    /// <summary>Whether the gateway is one of several. Needs a <see cref="TimeProvider"/>.</summary>
    /// <param name="options">Null: it works alone, and nothing of Orleans is loaded.</param>
    public static IServiceCollection AddCluster(this IServiceCollection services, ClusterOptions? options) =>
        options is null ? services.AddSingleton<ICluster, NoCluster>() : services.AddMember(options).AddSharedUsage().AddClusterScheduling();

    /// <summary>A look at a Redis server, for a command.</summary>
    /// <exception cref="RedisUnavailableException">It does not answer, or refuses.</exception>
    public static Task<RedisFacts> InspectRedisAsync(RedisOptions options, TimeProvider timeProvider) => RedisInspection.ReadAsync(options, timeProvider);

    /// <summary>The accounts in a directory, for a command.</summary>
    public static IUsageReader ReadAccounts(string directory, Func<Stream?> openNativeLibrary) =>
        new UsageFileReader(directory, openNativeLibrary);

    /// <summary>Begins to probe shared hosts; does nothing for a single one.</summary>
    public static void StartHosts(this IServiceProvider provider)
    {
        if (provider.IsShared())
        {
            provider.GetRequiredService<OllamaHosts>().Start();
        }

        if (provider.GetService<ClusterOptions>() is not null)
        {
            provider.StartClusterScheduling();
        }
    }

    /// <summary>What differs between one host and shared ones is made when it is first needed.</summary>
    private static void AddUpstream(this IServiceCollection services)
    {
        services.AddSingleton(provider => provider.GetRequiredService<OllamaOptions>().Hosts);
        services.AddSingleton(provider => new OllamaHost(provider.GetRequiredService<HostList>().Current[0]));
        services.AddSingleton(provider => UpstreamHandler.Create(provider.GetRequiredService<HostList>().Current[0]));
        services.AddSingleton<UpstreamCalls>();
        services.AddSingleton<RetryingCalls>(provider => new RetryingCalls(
            provider.GetRequiredService<UpstreamCalls>(), provider.GetRequiredService<ILogger<RetryingCalls>>()));
        services.AddSingleton<HealthProbe>();
        services.AddSingleton<ModelCatalogue>();
        services.AddSingleton<OllamaNativeClient>();

        services.AddSingleton<Func<OllamaHostOptions, HttpMessageInvoker>>(UpstreamHandler.Create);
        services.AddSingleton<HostLog>();
        services.AddSingleton<OllamaHosts>();
        services.AddSingleton<RoutedCalls>();
        services.AddSingleton<IHostCalls>(provider => provider.GetRequiredService<RoutedCalls>());
        services.AddSingleton<SharedBlobs>();
        services.AddSingleton<HostLoads>();
        services.AddSingleton<LoadHistory>();
        services.AddSingleton<SharedScheduler>();
        services.AddSingleton<LocalScheduler>();
        services.AddSingleton<LocalHosts>();
        services.AddSingleton<NoHosts>();
        services.AddSingleton<NoScheduler>();
        services.AddSingleton<IHostAddresses, HostAddresses>();
        services.AddSingleton<SchedulerFigures>();
        services.AddSingleton<NoHostFigures>();
        services.AddSingleton<SharedHealth>();
        services.AddSingleton<SharedCatalogue>();
        services.AddSingleton<SharedNativeClient>();

        services.AddEither<IUpstreamCalls, RetryingCalls, RoutedCalls>();
        services.AddEither<IScheduler, NoScheduler, LocalScheduler>();
        services.AddEither<IUpstreamQueue, NoScheduler, LocalScheduler>();
        services.AddEither<IHostFigures, NoHostFigures, SchedulerFigures>();
        services.AddEither<ISharedHosts, NoHosts, LocalHosts>();
        services.AddEither<IUpstreamHealth, HealthProbe, SharedHealth>();
        services.AddEither<IModelCatalogue, ModelCatalogue, SharedCatalogue>();
        services.AddEither<INativeClient, OllamaNativeClient, SharedNativeClient>();
    }

    private static void AddEither<TPort, TSingle, TShared>(this IServiceCollection services)
        where TPort : class
        where TSingle : class, TPort
        where TShared : class, TPort =>
        services.AddSingleton<TPort>(provider =>
            provider.IsShared() ? provider.GetRequiredService<TShared>() : provider.GetRequiredService<TSingle>());

    private static bool IsShared(this IServiceProvider provider) => provider.GetRequiredService<OllamaOptions>().Hosts.IsShared;
}
