using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>What requests leave in the metrics.</summary>
public sealed class RecordedMetricsTests
{
    [Fact]
    public async Task Chat_Answered_IsInAllMetricsWithExplicitBounds()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        foreach (var name in (string[])
            [
                "gen_ai_server_request_duration_seconds", "gen_ai_server_time_to_first_token_seconds", "gen_ai_server_time_per_output_token_seconds",
                "gen_ai_client_operation_duration_seconds", "gen_ai_client_operation_time_to_first_chunk_seconds", "gen_ai_client_token_usage",
            ])
        {
            var lines = await ScrapedGateway.ScrapeAsync(bed.Client, name);
            Assert.Contains(lines, line => line.StartsWith(name + "_count{", StringComparison.Ordinal)
                && line.Contains("gen_ai_request_model=\"plain\"", StringComparison.Ordinal));
            // OpenTelemetry's default bounds.
            Assert.DoesNotContain(lines, line => line.Contains("le=\"7500\"", StringComparison.Ordinal));
        }

        Assert.Single(await ScrapedGateway.ScrapeAsync(bed.Client, "llamagate_gpu_time_seconds_total{"));
        var tokens = await ScrapedGateway.ScrapeAsync(bed.Client, "gen_ai_client_token_usage_sum{");
        Assert.Equal(2, tokens.Count);
        Assert.All(tokens, line => Assert.Contains("llamagate_key=\"anonymous\"", line, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Chat_WithManyUnknownNames_AddsOneSeries()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(404, (await bed.ChatAsync(ChatBody.ForModel($"nobody-has-{i}", stream: false))).Status);
        }

        var counts = await ScrapedGateway.ScrapeAsync(bed.Client, "gen_ai_server_request_duration_seconds_count");
        var count = Assert.Single(counts);
        Assert.Contains("gen_ai_request_model=\"other\"", count, StringComparison.Ordinal);
        Assert.EndsWith(" 5", count, StringComparison.Ordinal);
        Assert.DoesNotContain("nobody-has", (await ScrapedGateway.GetAsync(bed.Client)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_Refused_AreCountedByTheirCode()
    {
        using var keys = new TemporaryKeys(TemporaryKeys.Key("anna", "anna-key", "\"models\":[\"other\"]"));
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { KeysFile = keys.Path });
        Assert.Equal(401, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.Equal(403, (await bed.ChatAsync(ChatBody.Hi, ("Authorization", "Bearer anna-key"))).Status);
        var refusals = await ScrapedGateway.ScrapeAsync(bed.Client, "llamagate_refusals_total{");
        Assert.Equal(
            ["llamagate_refusals_total{llamagate_code=\"invalid_api_key\"} 1", "llamagate_refusals_total{llamagate_code=\"model_not_allowed\"} 1"],
            refusals.Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
    }

    [Fact]
    public async Task Metrics_AfterTraffic_HoldNoPromptAddressOrSecret()
    {
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { ApiKey = "secret-key" });
        var body = """{"model":"plain","messages":[{"role":"user","content":"a-prompt-word"}],"user":"a-user-name"}""";
        Assert.Equal(200, (await bed.ChatAsync(body, ("Authorization", "Bearer secret-key"), ("X-Forwarded-For", "198.51.100.7"))).Status);
        var text = (await ScrapedGateway.GetAsync(bed.Client)).Body;
        Assert.Contains("gen_ai_server_request_duration_seconds_count", text, StringComparison.Ordinal);
        Assert.All(
            (string[])["a-prompt-word", "a-user-name", "secret-key", "198.51.100.7"],
            word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Failover_OfACall_IsCountedAtTheHostThatFailed()
    {
        await using var bed = await GatewayOverHosts.StartAsync([new(), new()], configure: ScrapedGateway.Separate);
        Assert.Equal("a", (await bed.ChatAsync()).Headers["X-LlamaGate-Host"]);
        await bed.Ollamas[0].DisposeAsync();
        Assert.Equal("b", (await bed.ChatAsync()).Headers["X-LlamaGate-Host"]);
        Assert.Equal(
            "llamagate_failovers_total{llamagate_host=\"a\"} 1",
            Assert.Single(await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_failovers_total{")));
        Assert.Equal(
            ["llamagate_host_up{llamagate_host=\"a\"} 0", "llamagate_host_up{llamagate_host=\"b\"} 1"],
            (await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_host_up{")).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        Assert.Contains(
            await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_model_loads_total{"),
            line => line.Contains("llamagate_host=\"b\"", StringComparison.Ordinal) && line.Contains("llamagate_reason=\"first\"", StringComparison.Ordinal));
        Assert.Contains(
            await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_slots_limit{"),
            line => line.Contains("gen_ai_request_model=\"plain\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Host_Removed_HasNoSeriesAnyMore()
    {
        await using var bed = await GatewayOverHosts.StartAsync([new(), new()], configure: ScrapedGateway.Separate);
        Assert.Equal(2, (await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_host_up{")).Count);
        bed.List.Replace([bed.List.Current[0]]);
        Assert.Single(await ScrapedGateway.ScrapeAsync(bed.Gateway.Client, "llamagate_host_up{"));
    }
}
