namespace LlamaGate.Api.Routing;

/// <summary>The paths of the API.</summary>
internal static class Routes
{
    /// <summary>OpenAI's API.</summary>
    public const string V1 = "/v1";

    public const string ChatCompletions = $"{V1}/chat/completions";

    public const string Completions = $"{V1}/completions";

    public const string Responses = $"{V1}/responses";

    public const string Messages = $"{V1}/messages";

    public const string CountTokens = $"{Messages}/count_tokens";

    public const string Embeddings = $"{V1}/embeddings";

    public const string Models = $"{V1}/models";

    /// <summary>Ollama's own API.</summary>
    public const string Native = "/api";

    public const string NativeChat = $"{Native}/chat";

    public const string NativeGenerate = $"{Native}/generate";

    public const string NativeEmbed = $"{Native}/embed";

    public const string NativeEmbeddings = $"{Native}/embeddings";

    public const string NativeShow = $"{Native}/show";

    public const string NativeTags = $"{Native}/tags";

    public const string NativeRunning = $"{Native}/ps";

    public const string NativeVersion = $"{Native}/version";

    public const string NativePull = $"{Native}/pull";

    public const string NativePush = $"{Native}/push";

    public const string NativeCreate = $"{Native}/create";

    public const string NativeCopy = $"{Native}/copy";

    public const string NativeDelete = $"{Native}/delete";

    public const string NativeBlobs = $"{Native}/blobs";

    public static bool IsLimited(PathString path) =>
        path.StartsWithSegments(V1, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(Native, StringComparison.OrdinalIgnoreCase);
}
