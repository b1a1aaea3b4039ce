namespace LlamaGate.Api.Tests.Completions;

/// <summary>Bodies of completions, OpenAI's and Ollama's, by what matters in them.</summary>
internal static class CompletionBody
{
    public const string Path = "/v1/completions";

    public const string NativePath = "/api/generate";

    public const string Hi = """{"model":"plain","prompt":"hi"}""";

    public const string HiStreamed = """{"model":"plain","prompt":"hi","stream":true}""";

    /// <param name="fields">Members beside model and prompt, as JSON text.</param>
    public static string With(string fields) => """{"model":"plain","prompt":"hi" """ + (fields.Length > 0 ? "," : "") + fields + "}";

    /// <summary>What Ollama must be sent for <see cref="With"/>.</summary>
    /// <param name="fields">Members that follow <c>stream</c>.</param>
    /// <param name="suffix">Members that follow <c>prompt</c>.</param>
    /// <param name="last">Members that follow <c>truncate</c>.</param>
    public static string Native(string fields = "", string suffix = "", string last = "", string prompt = "hi") =>
        $$"""{"model":"plain","prompt":"{{prompt}}"{{After(suffix)}},"stream":true{{After(fields)}},"truncate":false{{After(last)}}}""";

    private static string After(string members) => members.Length > 0 ? "," + members : "";
}
