using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Dialects.Responses;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
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
        services.AddSingleton(_ => new OllamaHost(ollama.Hosts.Current[0]));
        services.AddSingleton(_ => UpstreamHandler.Create());
        services.AddSingleton<UpstreamCalls>();
        services.AddSingleton<IUpstreamCalls>(provider => new RetryingCalls(
            provider.GetRequiredService<UpstreamCalls>(), provider.GetRequiredService<ILogger<RetryingCalls>>()));
        services.AddSingleton<IUpstreamHealth, HealthProbe>();
        services.AddSingleton<IModelCatalogue, ModelCatalogue>();
        services.AddSingleton<MissingModels>();
        services.AddSingleton<ITokenRatios, TokenRatios>();
        services.AddSingleton<IConversationClient, OllamaConversationClient>();
        services.AddSingleton<IEmbeddingClient, OllamaEmbeddingClient>();
        services.AddSingleton<INativeClient, OllamaNativeClient>();
        services.AddSingleton(cache);
        services.AddSingleton<IResponseCache, ResponseCache>();
        services.AddSingleton(store);
        services.AddSingleton<IResponseStore, ResponseStore>();
        return services;
    }
}
