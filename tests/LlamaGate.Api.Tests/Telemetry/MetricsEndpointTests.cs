using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>Who may read /metrics, and in which formats it is.</summary>
public sealed class MetricsEndpointTests
{
    private static readonly (string, string) FromElsewhere = ("X-Forwarded-For", "203.0.113.9");

    [Fact]
    public async Task Scrape_OfThisMachine_NeedsNoKey()
    {
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { ApiKey = "k" });
        var answer = await ScrapedGateway.GetAsync(bed.Client);
        Assert.Equal(200, answer.Status);
        Assert.StartsWith("text/plain", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections_total", answer.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scrape_AcceptingOpenMetrics_GetsOpenMetrics()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        var answer = await ScrapedGateway.GetAsync(bed.Client, ("Accept", ScrapedGateway.OpenMetrics));
        Assert.StartsWith("application/openmetrics-text", answer.Headers["Content-Type"], StringComparison.Ordinal);
        Assert.EndsWith("# EOF\n", answer.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("127.0.0.1/32")]
    [InlineData("")]
    public async Task Scrape_FromElsewhere_NeedsAnAdminKey(string trusted)
    {
        using var keys = new TemporaryKeys(
            TemporaryKeys.Key("user", "user-key"), TemporaryKeys.Key("ops", "ops-key", "\"admin\":true"));
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with
        {
            KeysFile = keys.Path,
            AdminKey = "the-admin-key",
            TrustedProxies = VariableText.Networks(trusted)!,
        });
        Assert.Equal(401, await StatusAsync(bed, FromElsewhere));
        Assert.Equal(401, await StatusAsync(bed, FromElsewhere, ("Authorization", "Bearer wrong")));
        Assert.Equal(403, await StatusAsync(bed, FromElsewhere, ("Authorization", "Bearer user-key")));
        Assert.Equal(200, await StatusAsync(bed, FromElsewhere, ("Authorization", "Bearer ops-key")));
        Assert.Equal(200, await StatusAsync(bed, FromElsewhere, ("Authorization", "Bearer the-admin-key")));
    }

    [Fact]
    public async Task Scrape_FromElsewhereOfAGatewayWithoutKeys_IsRefused()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(401, await StatusAsync(bed, FromElsewhere));
    }

    /// <summary>As a web page sends it whose name was made to point here (DNS rebinding).</summary>
    [Fact]
    public async Task Scrape_ByAForeignName_NeedsAnAdminKey()
    {
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { ApiKey = "k", AdminKey = "the-admin-key" });
        Assert.Equal(401, await StatusAsync(bed, ("Host", "page.example")));
        Assert.Equal(200, await StatusAsync(bed, ("Host", "localhost")));
        Assert.Equal(200, await StatusAsync(bed, ("Host", "page.example"), ("Authorization", "Bearer the-admin-key")));
    }

    [Fact]
    public async Task Scrape_OfATrustedProxyForThisMachine_NeedsNoKey()
    {
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { TrustedProxies = VariableText.Networks("127.0.0.1")! });
        Assert.Equal(200, await StatusAsync(bed, ("X-Forwarded-For", "127.0.0.1")));
    }

    [Fact]
    public async Task Scrape_WithMetricsOff_FindsNothing()
    {
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { ServesMetrics = false });
        Assert.Equal(404, await StatusAsync(bed));
        Assert.Null(bed.Gateway.Services.GetService(typeof(OpenTelemetry.Metrics.MeterProvider)));
    }

    [Fact]
    public async Task Scrape_WithTheSdkDisabled_FindsNothing()
    {
        await using var bed = await ScrapedGateway.StartAsync(null, ("OTEL_SDK_DISABLED", "true"), ("OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1"));
        Assert.Equal(404, await StatusAsync(bed));
    }

    [Fact]
    public async Task Scrape_WhenAllIsWell_IsNotLogged()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(200, await StatusAsync(bed));
        Assert.Equal(401, await StatusAsync(bed, FromElsewhere));
        var log = await bed.Gateway.StopAndReadLogAsync();
        Assert.Contains("\"status\":401", Assert.Single(log, line => line.Contains("/metrics", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static async Task<int> StatusAsync(GatewayOverOllama bed, params (string, string)[] headers) =>
        (await ScrapedGateway.GetAsync(bed.Client, headers)).Status;
}
