using System.Diagnostics;
using System.Runtime.Versioning;
using LlamaGate.Api.Admin;
using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Configuration.Hosts;
using LlamaGate.Api.Cors;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Logging;
using LlamaGate.Api.Mvc;
using LlamaGate.Api.OpenApi;
using LlamaGate.Api.RateLimiting;
using LlamaGate.Api.Requests;
using LlamaGate.Api.Server;
using LlamaGate.Api.Telemetry;
using LlamaGate.Api.Tls;
using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.ApplicationParts;
using Microsoft.AspNetCore.Mvc.ModelBinding.Validation;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting.Systemd;
using Microsoft.Extensions.Hosting.WindowsServices;
using Microsoft.Extensions.Options;

namespace LlamaGate.Api;

/// <summary>The services of the HTTP layer and of the process.</summary>
internal static class DependencyInjection
{
    /// <summary>How long the host waits after running requests were asked to end.</summary>
    private static readonly TimeSpan DrainGrace = TimeSpan.FromSeconds(5);

    public static WebApplicationBuilder AddApi(this WebApplicationBuilder builder, GatewaySettings settings, CurrentHosts hosts, CurrentClusterIdentity? identity)
    {
        builder.WebHost.UseGatewayKestrel(settings);
        builder.Services
            .AddSingleton(settings)
            .AddSingleton(new LoadedConfiguration { Settings = settings })
            .AddSingleton(TimeProvider.System)
            .AddGatewayLogging()
            .AddLifetime(settings)
            .AddTls(settings)
            .AddHosts(hosts)
            .AddClusterIdentity(identity)
            .AddSingleton<Callers>()
            .AddSingleton<IGatewayFacts, GatewayFacts>()
            .AddSingleton<ClientBuckets>()
            .AddSingleton<RequestLog>()
            .AddSingleton<RequestTelemetry>()
            .AddGatewayCors()
            .AddErrorAnswers()
            .AddOpenApiDocument()
            .AddGatewayControllers(settings);
        return builder.AddTelemetry(settings);
    }

    private static void UseGatewayKestrel(this IWebHostBuilder webHost, GatewaySettings settings) => webHost
        .UseKestrelCore()
        .ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxBodyBytes;
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(30);
            // Longer than the usual 60 s of load balancers, so that they close idle connections, not the gateway.
            kestrel.Limits.KeepAliveTimeout = TimeSpan.FromSeconds(130);
            kestrel.Listen(settings);
        });

    private static void Listen(this KestrelServerOptions kestrel, GatewaySettings settings)
    {
        if (kestrel.ApplicationServices.GetService<InheritedSockets>() is not { } inherited)
        {
            kestrel.Listen(settings.ListenAddress, settings.Port, Configure);
            return;
        }

        foreach (var handle in inherited.Handles)
        {
            kestrel.ListenHandle(handle, Configure);
        }

        void Configure(ListenOptions endpoint)
        {
            if (settings.UsesTls)
            {
                var certificates = kestrel.ApplicationServices.GetRequiredService<ServerCertificates>();
                endpoint.UseHttps(new TlsHandshakeCallbackOptions { OnConnection = _ => ValueTask.FromResult(certificates.Options) });
            }

            // Inside TLS, so that what it writes is encrypted too.
            endpoint.Use(UnreadableRequests.Complete);
        }
    }

    private static IServiceCollection AddTls(this IServiceCollection services, GatewaySettings settings)
    {
        if (!settings.UsesTls)
        {
            return services;
        }

        var files = new CertificateFiles(settings.TlsCert, settings.TlsKey);
        var reading = files.Read();
        // The check of the settings has read the files already, but they may have changed since.
        var first = reading.Load(out var faults) ?? throw new ConfigurationException(faults);
        return services
            .AddSingleton(provider => new ServerCertificates(
                files, reading, first, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<ServerCertificates>>()))
            .AddHostedService(provider => provider.GetRequiredService<ServerCertificates>());
    }

    private static IServiceCollection AddHosts(this IServiceCollection services, CurrentHosts hosts)
    {
        services.AddSingleton(hosts);
        return hosts.Reading is null ? services : services
            .AddSingleton<HostsReload>()
            .AddSingleton<IConfigurationFileState>(provider => provider.GetRequiredService<HostsReload>())
            .AddSingleton<IWatchedFile>(provider => provider.GetRequiredService<HostsReload>())
            .AddHostedService(provider => provider.GetRequiredService<HostsReload>());
    }

    private static IServiceCollection AddClusterIdentity(this IServiceCollection services, CurrentClusterIdentity? identity) =>
        identity is null ? services : services
            .AddSingleton(identity)
            .AddSingleton<ClusterIdentityReload>()
            .AddSingleton<IWatchedFile>(provider => provider.GetRequiredService<ClusterIdentityReload>())
            .AddHostedService(provider => provider.GetRequiredService<ClusterIdentityReload>());

    private static IServiceCollection AddLifetime(
        this IServiceCollection services, GatewaySettings settings) => services
        .AddSingleton<Drain>()
        .AddHostedService<LifecycleLog>()
        .AddSingleton<ISystemdNotifier, SystemdNotifier>()
        .AddHostedService<ServiceNotices>()
        .AddHostedService<WarmUp>()
        .AddHostedService(MemoryTrim.Create)
        .AddHostLifetime()
        .Configure<HostOptions>(options => options.ShutdownTimeout = settings.ShutdownTimeout + DrainGrace);

    private static IServiceCollection AddHostLifetime(this IServiceCollection services) =>
        OperatingSystem.IsWindows() && WindowsServiceHelpers.IsWindowsService()
            ? services.AddServiceLifetime()
            : services.AddSingleton<IHostLifetime, SignalLifetime>();

    // A separate method, because the platform analyzer does not always see that a guard outside a lambda applies inside it.
    [SupportedOSPlatform("windows")]
    private static IServiceCollection AddServiceLifetime(this IServiceCollection services) => services
        .Configure<WindowsServiceLifetimeOptions>(options => options.ServiceName = WindowsService.Name)
        .AddSingleton<IHostLifetime, WindowsService>();

    private static IServiceCollection AddErrorAnswers(this IServiceCollection services) => services
        .AddSingleton<ErrorTranslator>()
        .AddSingleton<FailureReport>()
        .AddSingleton<DiagnosticSource, UnreadableRequests>();

    private static void AddGatewayControllers(this IServiceCollection services, GatewaySettings settings)
    {
        services.AddSingleton<IPostConfigureOptions<MvcOptions>, MvcSetup>();
        // The endpoints' metadata is for our AuthorizationMiddleware, not the framework's, which otherwise reports that its own is missing.
        services.Configure<RouteOptions>(routing => routing.SuppressCheckForUnhandledSecurityMetadata = true);
        // MVC takes this for its own, and so does not look for controllers in assemblies.
        services.AddSingleton(new ApplicationPartManager
        {
            ApplicationParts = { new GatewayControllers() },
            FeatureProviders = { new InternalControllers(settings) },
        });
        // Only the core: this product needs no pages, data annotations or other formats.
        services.AddMvcCore()
            .AddApiExplorer()
            .ConfigureApiBehaviorOptions(api =>
            {
                api.SuppressModelStateInvalidFilter = true;
                api.SuppressMapClientErrors = true;
            });
        services.Replace(ServiceDescriptor.Singleton<IObjectModelValidator, NoModelValidation>());
    }
}
