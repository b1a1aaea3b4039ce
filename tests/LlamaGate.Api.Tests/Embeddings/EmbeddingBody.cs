namespace LlamaGate.Api.Tests.Embeddings;

/// <summary>Bodies of requests for embeddings, OpenAI's and Ollama's, by what matters in them.</summary>
internal static class EmbeddingBody
{
    public const string Path = "/v1/embeddings";

    public const string NativePath = "/api/embed";

    public const string Hi = """{"model":"embed","input":"hi"}""";

    /// <param name="fields">Members beside model and input, as JSON text.</param>
    public static string With(string fields) => """{"model":"embed","input":"hi",""" + fields + "}";

    public static string Of(string input) => $$"""{"model":"embed","input":{{input}}}""";

    /// <summary>What Ollama must be sent.</summary>
    /// <param name="input">The array.</param>
    /// <param name="fields">Members that follow <c>truncate</c>.</param>
    public static string Native(string input = "[\"hi\"]", string fields = "") =>
        $$"""{"model":"embed","input":{{input}},"truncate":false{{(fields.Length > 0 ? "," : "")}}{{fields}}}""";
}
