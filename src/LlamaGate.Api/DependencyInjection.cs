using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api;

/// <summary>What the HTTP side and the process are made of.</summary>
internal static class DependencyInjection
{
    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        builder.WebHost.UseGatewayKestrel(settings);
        builder.Services.AddSingleton(settings);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddScoped<ExchangeFacts>();
        builder.Services.AddSingleton<Drain>();
        builder.Services.AddSingleton<ErrorTranslator>();
        builder.Services.AddLogging();
        builder.Services.AddRouting();
        builder.Services.AddControllers();
        return builder;
    }

    private static void UseGatewayKestrel(this IWebHostBuilder webHost, GatewaySettings settings) => webHost
        .UseKestrelCore()
        .ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
            // Longer than the 60 s of usual load balancers, so that they, not we, close an idle connection.
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
            kestrel.Listen(settings.ListenAddress, settings.Port);
        });
}
