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

    public const string Queue = $"{V1}/queue";

    public const string Usage = $"{V1}/usage";

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

    /// <summary>The administration's page.</summary>
    public const string Admin = "/admin";

    public const string AdminAssets = $"{Admin}/assets/{{name}}";

    /// <summary>The administration's API.</summary>
    public const string AdminApi = $"{Admin}/api";

    public const string AdminStatus = $"{AdminApi}/status";

    public const string AdminEvents = $"{AdminApi}/events";

    public const string AdminUsage = $"{AdminApi}/usage";

    public const string AdminKeys = $"{AdminApi}/keys";

    public const string AdminHost = $"{AdminApi}/hosts/{{host}}";

    public const string AdminModel = $"{AdminHost}/models/{{model}}";

    public const string AdminCall = $"{AdminApi}/calls/{{id}}";

    public const string Metrics = "/metrics";

    /// <summary>Where ADMIN_KEY counts, also on a gateway whose other callers need no key.</summary>
    public static bool IsAdministration(PathString path) => IsAdmin(path) || path.StartsWithSegments(Metrics, StringComparison.OrdinalIgnoreCase);

    public static bool IsAdmin(PathString path) => path.StartsWithSegments(Admin, StringComparison.OrdinalIgnoreCase);

    /// <summary>What monitors and balancers ask again and again.</summary>
    public static bool IsProbe(string? path) => path is "/health" or "/livez" or "/readyz";

    public static bool IsLimited(PathString path) =>
        path.StartsWithSegments(V1, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(AdminApi, StringComparison.OrdinalIgnoreCase)
        || path.StartsWithSegments(Native, StringComparison.OrdinalIgnoreCase);
}
