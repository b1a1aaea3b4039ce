using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Callers;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Routing;
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

    /// <summary>Begins to probe shared hosts; does nothing for a single one.</summary>
    public static void StartHosts(this IServiceProvider provider)
    {
        if (provider.IsShared())
        {
            provider.GetRequiredService<OllamaHosts>().Start();
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
        services.AddSingleton<HostRouter>();
        services.AddSingleton<RoutedCalls>();
        services.AddSingleton<SharedHealth>();
        services.AddSingleton<SharedCatalogue>();
        services.AddSingleton<SharedNativeClient>();

        services.AddEither<IUpstreamCalls, RetryingCalls, RoutedCalls>();
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
