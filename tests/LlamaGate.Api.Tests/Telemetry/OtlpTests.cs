using LlamaGate.Api.Configuration;
using LlamaGate.Api.Telemetry;
using LlamaGate.Api.Tests.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>Export by OTLP, as the variables of OpenTelemetry say.</summary>
public sealed class OtlpTests
{
    [Fact]
    public async Task Metrics_WithAnEndpoint_AreSentWithServiceNameAndHeaders()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(
            settings => settings with { ServesMetrics = false },
            ("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
            ("OTEL_EXPORTER_OTLP_HEADERS", "X-Tenant=team"), ("OTEL_TRACES_EXPORTER", "none"), ("OTEL_METRIC_EXPORT_INTERVAL", "50"),
            ("OTEL_SERVICE_NAME", "our-gateway"), ("OTEL_RESOURCE_ATTRIBUTES", "deployment.environment.name=test"));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        var message = await receiver.NextMetricsAsync();
        while (!message.Text.Contains("gen_ai.server.request.duration", StringComparison.Ordinal))
        {
            message = await receiver.NextMetricsAsync();
        }

        Assert.Equal("team", message.Tenant);
        Assert.All(
            (string[])["our-gateway", "deployment.environment.name", "gen_ai.client.token.usage", "llamagate.gpu.time"],
            name => Assert.Contains(name, message.Text, StringComparison.Ordinal));
        Assert.DoesNotContain((await bed.NextChatUpstreamAsync()).Headers.Keys, name => name.StartsWith("trace", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Exemplars_OfTracesThatAreExported_AreInOpenMetrics()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(
            null, ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{receiver.Address}/v1/traces"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"));
        const string trace = "0af7651916cd43dd8448eb211c80319c";
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, ("traceparent", $"00-{trace}-b7ad6b7169203331-01"))).Status);
        foreach (var name in (string[])["gen_ai_server_request_duration_seconds", "gen_ai_client_operation_duration_seconds"])
        {
            Assert.Contains(
                await ScrapedGateway.ScrapeAsync(bed.Client, $"{name}_bucket", ScrapedGateway.OpenMetrics),
                line => line.Contains($"# {{trace_id=\"{trace}\"", StringComparison.Ordinal) || line.Contains($"trace_id=\"{trace}\"", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task Requests_WithADeadEndpoint_AreAnsweredAsEver(string protocol)
    {
        await using var bed = await ScrapedGateway.StartAsync(
            null, ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"), ("OTEL_EXPORTER_OTLP_PROTOCOL", protocol),
            ("OTEL_BSP_SCHEDULE_DELAY", "10"), ("OTEL_METRIC_EXPORT_INTERVAL", "10"), ("OTEL_BSP_MAX_QUEUE_SIZE", "16"),
            ("OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "8"));
        for (var i = 0; i < 50; i++)
        {
            Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        }

        Assert.NotEmpty(await ScrapedGateway.ScrapeAsync(bed.Client, "gen_ai_server_request_duration_seconds_count"));
    }

    [Fact]
    public async Task Exporter_ThatFails_IsLoggedOnceAMinute()
    {
        var faults = new NotedFaults();
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => ScrapedGateway.With(
                settings, ("OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "http://127.0.0.1:1/v1/metrics"),
                ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_METRIC_EXPORT_INTERVAL", "10")),
            builder =>
            {
                ScrapedGateway.Separate(builder);
                builder.Services.AddSingleton<ILogger<ExporterFaults>>(faults);
            });
        Assert.Contains("could not be sent by OTLP", await faults.NextAsync(), StringComparison.Ordinal);
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("could not be sent by OTLP", await faults.NextAsync(), StringComparison.Ordinal);
        await bed.Gateway.StopAsync();
        // The clock has not moved since, however often the exporter has failed.
        Assert.Equal(0, faults.Left);
    }

    [Theory]
    [InlineData("", true, false, false)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317", true, true, true)]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:4317", true, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_TRACES_EXPORTER=none", true, true, false)]
    [InlineData("OTEL_METRICS_EXPORTER=otlp", true, true, false)]
    [InlineData("OTEL_METRICS_EXPORTER=prometheus,otlp", true, true, false)]
    [InlineData("OTEL_TRACES_EXPORTER=OTLP", true, false, true)]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4317 OTEL_SDK_DISABLED=TRUE", false, false, false)]
    public void Plan_OfVariables_IsAsOpenTelemetrySays(string variables, bool serves, bool sendsMetrics, bool sendsTraces)
    {
        var plan = TelemetryPlan.Of(ScrapedGateway.With(new GatewaySettings(), [.. variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).Select(pair => (pair[0], pair[1]))]));
        Assert.Equal((serves, sendsMetrics, sendsTraces), (plan.ServesMetrics, plan.SendsMetrics, plan.SendsTraces));
    }
}
