using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>Gateways whose metrics and spans are not mixed with those of the other gateways in this process.</summary>
internal static class ScrapedGateway
{
    public const string OpenMetrics = "application/openmetrics-text;version=1.0.0";

    public static Task<GatewayOverOllama> StartAsync(
        Func<GatewaySettings, GatewaySettings>? adjust = null, params (string Name, string Value)[] variables) =>
        GatewayOverOllama.StartAsync(settings => With(adjust?.Invoke(settings) ?? settings, variables), Separate);

    public static GatewaySettings With(GatewaySettings settings, params (string Name, string Value)[] variables) => settings with
    {
        OpenTelemetry = variables.ToDictionary(pair => pair.Name, pair => pair.Value, StringComparer.OrdinalIgnoreCase),
    };

    public static void Separate(WebApplicationBuilder builder) =>
        builder.Services.Replace(ServiceDescriptor.Singleton(_ => new TelemetryScope($"test-{Guid.NewGuid()}")));

    /// <summary>The lines of a metric in Prometheus' text, without comments.</summary>
    public static async Task<IReadOnlyList<string>> ScrapeAsync(HttpClient client, string name, string accept = "text/plain")
    {
        var answer = await GetAsync(client, ("Accept", accept));
        Assert.Equal(200, answer.Status);
        return [.. answer.Body.Split('\n').Where(line => line.StartsWith(name, StringComparison.Ordinal))];
    }

    public static async Task<HttpAnswer> GetAsync(HttpClient client, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }
}
