using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Application;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;
using LlamaGate.Infrastructure;
using LlamaGate.Infrastructure.Accounts;
using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Callers;
using LlamaGate.Infrastructure.Cluster;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api;

/// <summary>
/// Builds the whole gateway from its settings, in the same way for the process and for functional tests.
/// </summary>
internal static class GatewayHost
{
    /// <summary>For commands and checks, which read and change the file without a gateway.</summary>
    public static IKeysFile KeysFile { get; } = new KeysFile(TimeProvider.System);

    /// <summary>For commands, which read the accounts without a gateway.</summary>
    /// <param name="directory">DATA_DIR.</param>
    public static IUsageReader ReadAccounts(string directory) =>
        Infrastructure.DependencyInjection.ReadAccounts(directory, OpenNativeLibrary);

    /// <summary>For a diagnosis, which looks at Redis without a gateway.</summary>
    /// <param name="settings">With REDIS_URL.</param>
    public static Task<RedisFacts> InspectRedisAsync(GatewaySettings settings, TimeProvider timeProvider) =>
        Infrastructure.DependencyInjection.InspectRedisAsync(
            ToRedisOptions(settings.Redis ?? throw new InvalidOperationException("REDIS_URL is not set.")), timeProvider);

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
        var identity = CurrentClusterIdentity.Load(settings, TimeProvider.System);
        builder.AddApi(settings, hosts, identity);
        builder.Services
            .AddSingleton(current)
            .AddApplication(settings.ModelAliases, settings.ModelOptions)
            // In the place of the fixed ones: each request has those that are in force when it begins.
            .Replace(ServiceDescriptor.Transient(_ => current.ModelAliases))
            .Replace(ServiceDescriptor.Transient(_ => hosts.ModelOptions))
            .Replace(ServiceDescriptor.Singleton(provider => ToHostSharing(provider.GetRequiredService<OllamaOptions>().Hosts, current)))
            .AddSingleton(settings.Scheduler)
            .AddInfrastructure(ToOllamaOptions(settings, hosts, current), ToCacheOptions(settings), ToStoreOptions(settings))
            .AddScheduling()
            .AddCallers(ToCallerOptions(settings, current))
            .AddAccounts(ToUsageOptions(settings))
            .AddCluster(settings.Redis is { } redis ? ToClusterOptions(settings, redis, identity) : null);
        configure?.Invoke(builder);
        var app = builder.Build();
        ReadKeys(app);
        app.UseGatewayPipeline();
        app.Lifetime.ApplicationStarted.Register(app.Services.StartHosts);
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<IUsageStore>());
        app.Lifetime.ApplicationStarted.Register(() => app.Services.GetRequiredService<IGatewayFacts>());
        return app;
    }

    private static HostSharing ToHostSharing(HostList hosts, CurrentSettings current) => new(hosts.IsShared)
    {
        OnlyHost = hosts.IsShared ? null : hosts.Current[0].Name,
        TakesContext = asked => hosts.FindRule(current.ModelAliases.Resolve(asked)).MaxContext is not null,
    };

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
        AdminKey = () => current.Settings.AdminKey,
        RateLimitRps = settings.RateLimitRps,
    };

    private static RedisOptions ToRedisOptions(RedisAddress redis) => new()
    {
        Host = redis.Host,
        Port = redis.Port,
        User = redis.User,
        Password = redis.Password,
        UsesTls = redis.UsesTls,
        Database = redis.Database,
        Prefix = redis.Prefix,
    };

    private static ClusterOptions ToClusterOptions(GatewaySettings settings, RedisAddress redis, CurrentClusterIdentity? identity) => new()
    {
        Redis = ToRedisOptions(redis),
        Address = settings.ClusterAddress,
        Tls = identity is null ? null : () => ToClusterTls(identity.Identity),
    };

    private static ClusterTls ToClusterTls(ClusterIdentity identity) => new(identity.Certificate, identity.Authorities);

    private static UsageStoreOptions ToUsageOptions(GatewaySettings settings) => new()
    {
        Directory = settings.DataDir.Length == 0 ? null : Path.GetFullPath(settings.DataDir),
        OpenNativeLibrary = OpenNativeLibrary,
    };

    /// <summary>The single binary contains it as a resource; otherwise it lies beside the program.</summary>
    private static Stream? OpenNativeLibrary() => typeof(GatewayHost).Assembly.GetManifestResourceStream("e_sqlite3");

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
