using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Application;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Infrastructure;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Callers;
using LlamaGate.Infrastructure.Ollama;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api;

/// <summary>
/// Builds the whole gateway from its settings, in the same way for the process and for functional tests.
/// </summary>
internal static class GatewayHost
{
    /// <summary>For commands and checks, which read and change the file without a gateway.</summary>
    public static IKeysFile KeysFile { get; } = new KeysFile(TimeProvider.System);

    /// <param name="settings">Checked settings; port 0 lets the system choose one.</param>
    /// <param name="configure">Applied last to the services: tests replace TimeProvider, LogOutput, ports.</param>
    public static WebApplication Build(GatewaySettings settings, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty: no appsettings.json, no ASPNETCORE_* variables, no developer pages. The settings cover everything.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions
        {
            ApplicationName = typeof(GatewayHost).Assembly.GetName().Name,
            ContentRootPath = AppContext.BaseDirectory,
            EnvironmentName = Environments.Production,
        });
        var current = new CurrentSettings(settings);
        var hosts = CurrentHosts.Load(current);
        builder.AddApi(settings, hosts);
        builder.Services
            .AddSingleton(current)
            .AddApplication(settings.ModelAliases, settings.ModelOptions)
            // In the place of the fixed ones: each request has those that are in force when it begins.
            .Replace(ServiceDescriptor.Transient(_ => current.ModelAliases))
            .Replace(ServiceDescriptor.Transient(_ => hosts.ModelOptions))
            .Replace(ServiceDescriptor.Singleton(provider => new HostSharing(provider.GetRequiredService<OllamaOptions>().Hosts.IsShared)))
            .AddInfrastructure(ToOllamaOptions(settings, hosts, current), ToCacheOptions(settings), ToStoreOptions(settings))
            .AddCallers(ToCallerOptions(settings, current));
        configure?.Invoke(builder);
        var app = builder.Build();
        ReadKeys(app);
        app.UseGatewayPipeline();
        app.Lifetime.ApplicationStarted.Register(app.Services.StartHosts);
        return app;
    }

    private static OllamaOptions ToOllamaOptions(GatewaySettings settings, CurrentHosts hosts, CurrentSettings current) => new()
    {
        Hosts = new UpstreamHosts(hosts, current).ToList(settings.SharesHosts),
        Timeout = settings.Timeout,
        TruncateOverlongPrompts = settings.ContextOverflow is ContextOverflow.Truncate,
    };

    /// <summary>The check of the settings has read the file already, but it may have changed since.</summary>
    private static void ReadKeys(WebApplication app)
    {
        try
        {
            _ = app.Services.GetRequiredService<ICallerDirectory>();
        }
        catch (KeysFileException exception)
        {
            ((IDisposable)app).Dispose();
            throw new ConfigurationException([.. exception.Complaints.Select(complaint => $"KEYS_FILE: {complaint}")]);
        }
    }

    private static CallerDirectoryOptions ToCallerOptions(GatewaySettings settings, CurrentSettings current) => new()
    {
        File = settings.KeysFileOptions,
        ApiKey = () => current.Settings.ApiKey,
        RateLimitRps = settings.RateLimitRps,
    };

    private static ResponseCacheOptions ToCacheOptions(GatewaySettings settings) => new()
    {
        IsEnabled = settings.KeepsAnswers,
        IsDeterministicOnly = settings.CacheMode is CacheMode.Deterministic,
        TimeToLive = settings.CacheTtl,
        MaxBytes = settings.CacheMaxMb * 1024L * 1024L,
    };

    private static ResponseStoreOptions ToStoreOptions(GatewaySettings settings) => new()
    {
        TimeToLive = settings.ResponsesStoreTtl,
        MaxBytes = settings.ResponsesStoreMb * 1024L * 1024L,
    };
}
