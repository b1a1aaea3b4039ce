namespace LlamaGate.Api.Routing;

/// <summary>The paths of the API.</summary>
internal static class Routes
{
    /// <summary>Everything below it needs a key and counts against the rate limit.</summary>
    public const string V1 = "/v1";

    public const string ChatCompletions = $"{V1}/chat/completions";

    public const string Completions = $"{V1}/completions";

    public const string Responses = $"{V1}/responses";

    public const string Embeddings = $"{V1}/embeddings";

    public const string Models = $"{V1}/models";

    public static bool IsLimited(PathString path) => path.StartsWithSegments(V1, StringComparison.OrdinalIgnoreCase);
}
