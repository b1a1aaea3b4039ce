namespace LlamaGate.Api.Errors;

/// <summary>Ollama's error envelope, <c>{"error":"text"}</c>: what its clients read under <c>/api</c>. They show an object as "[object Object]".</summary>
internal sealed record OllamaError(string Error)
{
    public static bool IsSpokenAt(PathString path) => path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase);
}
