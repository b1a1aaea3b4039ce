using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.OpenApi.Pages;
using LlamaGate.Api.Product;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Telemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace LlamaGate.Api.Telemetry;

/// <summary>OpenTelemetry's SDK and its exporters, as far as they are wanted.</summary>
internal static class TelemetrySetup
{
    /// <summary>
    /// Series of one metric; beyond it all others are one with <c>otel.metric.overflow</c>. More than 200 keys with a few models each have.
    /// </summary>
    public const int MaxSeries = 2000;

    /// <summary>The same for the runtime's own metrics, of which most have one. The memory for all is taken at the start.</summary>
    private const int MaxRuntimeSeries = 100;

    private const string ServiceName = "llamagate";

    /// <summary>The runtime's own metrics: memory, garbage collection, threads.</summary>
    private const string RuntimeMeter = "System.Runtime";

    public static WebApplicationBuilder AddTelemetry(this WebApplicationBuilder builder, GatewaySettings settings)
    {
        var plan = TelemetryPlan.Of(settings);
        builder.Services.AddSingleton(plan);
        if (!plan.HasMetrics && !plan.SendsTraces)
        {
            return builder;
        }

        // The SDK reads its variables from here.
        builder.Configuration.AddInMemoryCollection(settings.OpenTelemetry.Select(pair => new KeyValuePair<string, string?>(pair.Key, pair.Value)));
        var telemetry = builder.Services.AddOpenTelemetry();
        if (plan.HasMetrics)
        {
            telemetry.WithMetrics(metrics => Add(metrics, plan, settings));
        }

        if (plan.SendsTraces)
        {
            telemetry.WithTracing(traces => Add(traces, settings));
        }

        builder.Services.AddHostedService<ExporterFaults>();
        return builder;
    }

    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetRequiredService<TelemetryPlan>().ServesMetrics)
        {
            app.MapPrometheusScrapingEndpoint(Routes.Metrics)
                .RequireAuthorization()
                .WithMetadata(
                    new HttpMethodMetadata([HttpMethods.Get]), new AdminOnlyAttribute(), new OpenToThisMachineAttribute(),
                    new DescribedByAttribute<MetricsPage>());
        }
    }

    /// <summary>Not from the default: its name would win over OTEL_SERVICE_NAME, and it is made at some cost.</summary>
    private static ResourceBuilder Resource() => ResourceBuilder.CreateEmpty()
        .AddService(ServiceName, serviceVersion: ProductVersion.Text)
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static void Add(MeterProviderBuilder metrics, TelemetryPlan plan, GatewaySettings settings)
    {
        metrics.SetResourceBuilder(Resource())
            .AddMeter(RuntimeMeter)
            .AddView(instrument => new MetricStreamConfiguration
            {
                CardinalityLimit = instrument.Meter.Name == RuntimeMeter ? MaxRuntimeSeries : MaxSeries,
            })
            // An exemplar names a trace, so it is of use only where traces go somewhere.
            .SetExemplarFilter(plan.SendsTraces ? ExemplarFilterType.TraceBased : ExemplarFilterType.AlwaysOff);
        ((IDeferredMeterProviderBuilder)metrics).Configure(static (provider, deferred) =>
        {
            deferred.AddMeter(provider.GetRequiredService<TelemetryScope>().Name);
            // Nobody else needs them: they exist to be read.
            _ = provider.GetRequiredService<HostGauges>();
        });
        if (plan.ServesMetrics)
        {
            metrics.AddPrometheusExporter(options =>
            {
                // There is one scope. Two scrapes at once share one reading all the same.
                options.ScopeInfoEnabled = false;
                options.ScrapeResponseCacheDurationMilliseconds = 0;
            });
        }

        if (plan.SendsMetrics)
        {
            metrics.AddOtlpExporter(options => OtlpVariables.Apply(options, settings.OpenTelemetry, "METRICS"));
        }
    }

    private static void Add(TracerProviderBuilder traces, GatewaySettings settings)
    {
        traces.SetResourceBuilder(Resource());
        ((IDeferredTracerProviderBuilder)traces).Configure(static (provider, deferred) =>
            deferred.AddSource(provider.GetRequiredService<TelemetryScope>().Name));
        traces.AddOtlpExporter(options => OtlpVariables.Apply(options, settings.OpenTelemetry, "TRACES"));
    }
}
