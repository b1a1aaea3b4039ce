using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Ollama;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Infrastructure;

public static class DependencyInjection
{
    /// <summary>The adapters of the application's ports. Needs a <see cref="TimeProvider"/>.</summary>
    public static IServiceCollection AddInfrastructure(
        this IServiceCollection services, OllamaOptions ollama, ResponseCacheOptions cache)
    {
        services.AddSingleton(ollama);
        services.AddSingleton(_ => UpstreamHandler.Create());
        services.AddSingleton<OllamaTransport>();
        services.AddSingleton<HealthProbe>();
        services.AddSingleton<CapabilityCache>();
        services.AddTransient<IOllamaClient, OllamaClient>();
        services.AddTransient<GenerationCall>();
        services.AddTransient<ICompletionClient, OllamaCompletionClient>();
        services.AddTransient<IEmbeddingClient, OllamaEmbeddingClient>();
        services.AddSingleton(cache);
        services.AddSingleton<IResponseCache, ResponseCache>();
        return services;
    }
}
