using System.Collections.Frozen;
using LlamaGate.Api.Routing;
using LlamaGate.Application.Telemetry;

namespace LlamaGate.Api.Requests;

/// <summary>What an endpoint does with a model.</summary>
internal static class RequestOperations
{
    /// <summary>By the patterns of routes, which MVC keeps without the slash.</summary>
    private static readonly FrozenDictionary<string, string> Operations = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        [Routes.ChatCompletions[1..]] = TelemetryNames.Chat,
        [Routes.Responses[1..]] = TelemetryNames.Chat,
        [Routes.Messages[1..]] = TelemetryNames.Chat,
        [Routes.NativeChat[1..]] = TelemetryNames.Chat,
        [Routes.Completions[1..]] = TelemetryNames.TextCompletion,
        [Routes.NativeGenerate[1..]] = TelemetryNames.TextCompletion,
        [Routes.Embeddings[1..]] = TelemetryNames.Embeddings,
        [Routes.NativeEmbed[1..]] = TelemetryNames.Embeddings,
        [Routes.NativeEmbeddings[1..]] = TelemetryNames.Embeddings,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Null for an endpoint that does not use a model, and for a request that found none.</summary>
    public static string? Of(HttpContext context) => PatternOf(context) is { } pattern ? Operations.GetValueOrDefault(pattern) : null;

    /// <summary>The route's pattern, which no caller chooses; null when none was found.</summary>
    public static string? RouteOf(HttpContext context) => PatternOf(context) is { } pattern ? $"/{pattern.TrimStart('/')}" : null;

    private static string? PatternOf(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;
}
