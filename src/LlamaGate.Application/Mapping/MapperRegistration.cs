using AutoMapper;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.Completions;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Application.Mapping;

internal static class MapperRegistration
{
    /// <summary>The maps are compiled once, at the first use.</summary>
    public static void AddMapper(this IServiceCollection services, string? licenseKey) =>
        services.AddSingleton(provider => CreateMapper(provider.GetRequiredService<ILoggerFactory>(), licenseKey));

    internal static IMapper CreateMapper(ILoggerFactory loggers, string? licenseKey) => new MapperConfiguration(
        configuration =>
        {
            configuration.LicenseKey = string.IsNullOrEmpty(licenseKey) ? null : licenseKey;
            configuration.AllowNullCollections = true;
            configuration.AddProfile<ChatCompletionProfile>();
            configuration.AddProfile<CompletionProfile>();
        },
        loggers).CreateMapper();
}
