using System.Net;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.Application.Models;
using LlamaGate.OllamaEmulator;
using Microsoft.AspNetCore.Builder;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>Sends a step to a gateway over real sockets and tells what came back and what reached Ollama.</summary>
internal static class WireBed
{
    public static async Task<GatewayOverOllama> StartAsync(JsonElement gateway)
    {
        var bed = await GatewayOverOllama.StartAsync(settings => Adjust(settings, gateway), AllowedIn(gateway));
        if (gateway.TryGetProperty("ollama", out var state) && state.ValueEquals("gone"))
        {
            await bed.Ollama.DisposeAsync();
        }

        return bed;
    }

    public static async Task<(WireAnswer Answer, IReadOnlyList<RecordedRequest> Calls)> PlayAsync(
        GatewayOverOllama bed, WireStep step)
    {
        bed.Ollama.Reset();
        bed.Ollama.Respond(new WireUpstream(step.Upstream).Answer);
        using var request = ToRequest(step);
        var sending = bed.Client.SendAsync(request);
        if (step.ClockMinutes is { } minutes)
        {
            await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait);
            bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(minutes));
        }

        using var response = await sending;
        var answer = WireAnswer.Of(await HttpAnswer.ReadAsync(response));
        var ollama = bed.Ollama.Address.GetLeftPart(UriPartial.Authority);
        return (answer with { Text = answer.Text.Replace(ollama, "http://OLLAMA", StringComparison.Ordinal) }, bed.Ollama.Requests);
    }

    /// <summary>The caller's policy; null for the gateway's own.</summary>
    private static Action<WebApplicationBuilder>? AllowedIn(JsonElement gateway) => gateway.TryGetProperty("allowed_models", out var models)
        ? NamedCallers.Are(NamedCallers.Allowed("limited", [.. models.EnumerateArray().Select(model => model.GetString()!)]))
        : null;

    private static GatewaySettings Adjust(GatewaySettings settings, JsonElement gateway)
    {
        foreach (var setting in gateway.EnumerateObject())
        {
            settings = (setting.Name, setting.Value) switch
            {
                ("cache", var value) => settings with { CacheEnabled = value.GetBoolean() },
                ("api_key", var value) => settings with { ApiKey = value.GetString()! },
                ("rate_limit_rps", var value) => settings with { RateLimitRps = value.GetDecimal() },
                ("max_body_mb", var value) => settings with { MaxBodyMb = value.GetInt32() },
                ("responses_store_mb", var value) => settings with { ResponsesStoreMb = value.GetInt32() },
                ("context_overflow", var value) =>
                    settings with { ContextOverflow = Enum.Parse<ContextOverflow>(value.GetString()!, ignoreCase: true) },
                ("model_aliases", var value) => settings with
                {
                    ModelAliases = new ModelAliases(
                        value.EnumerateObject().Select(pair => KeyValuePair.Create(pair.Name, pair.Value.GetString()!))),
                },
                ("ollama_path", var value) => settings with { OllamaHost = new Uri(settings.OllamaHost, value.GetString()) },
                ("ollama_user", var value) =>
                    settings with { OllamaHost = new UriBuilder(settings.OllamaHost) { UserName = value.GetString() }.Uri },
                ("ollama" or "fresh" or "allowed_models", _) => settings,
                _ => throw new InvalidOperationException($"A case's gateway has no setting '{setting.Name}'."),
            };
        }

        return settings;
    }

    private static HttpRequestMessage ToRequest(WireStep step)
    {
        var space = step.Request.IndexOf(' ', StringComparison.Ordinal);
        var request = new HttpRequestMessage(new HttpMethod(step.Request[..space]), step.Request[(space + 1)..])
        {
            Version = HttpVersion.Version11,
        };
        var body = step.BodySize is { } size ? new byte[size] : step.Body is { } text ? Encoding.UTF8.GetBytes(text) : null;
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.TryAddWithoutValidation(
                "Content-Type", step.Headers.GetValueOrDefault("Content-Type", "application/json"));
        }

        foreach (var (name, value) in step.Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }
}
