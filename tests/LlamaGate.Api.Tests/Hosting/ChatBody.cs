namespace LlamaGate.Api.Tests.Hosting;

/// <summary>Bodies of chats, OpenAI's and Ollama's, by what matters in them.</summary>
internal static class ChatBody
{
    public const string Hi = """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""";

    public const string HiStreamed = """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true}""";

    public const string Tool =
        """{"type":"function","function":{"name":"get_weather","description":"Get the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}""";

    /// <param name="fields">Members beside model and messages, as JSON text.</param>
    public static string With(string fields) =>
        """{"model":"plain","messages":[{"role":"user","content":"hi"}]""" + (fields.Length > 0 ? "," : "") + fields + "}";

    public static string Saying(string messages) => $$"""{"model":"plain","messages":{{messages}}}""";

    public static string ForModel(string model, bool stream) =>
        $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}],"stream":{{(stream ? "true" : "false")}}}""";

    /// <summary>What Ollama must be sent for <see cref="With"/>.</summary>
    /// <param name="fields">Members that follow <c>stream</c>, which every generation has.</param>
    public static string Native(string fields = "") =>
        """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true"""
        + (fields.Length > 0 ? "," : "") + fields + ""","truncate":false}""";

    /// <summary>What Ollama must be sent for <see cref="Saying"/>.</summary>
    public static string NativeSaying(string messages) =>
        $$"""{"model":"plain","messages":{{messages}},"stream":true,"truncate":false}""";
}
