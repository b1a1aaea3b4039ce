using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;

namespace LlamaGate.Application.Tests.Dialects.ChatCompletions;

/// <summary>Requests as they come in: read from JSON by the house's own options.</summary>
internal static class Requests
{
    public static ChatCompletionRequest Read(string json) =>
        JsonSerializer.Deserialize(json, ChatJsonContext.Instance.ChatCompletionRequest)!;

    /// <param name="fields">Members beside model and messages.</param>
    public static ChatCompletionRequest With(string fields) =>
        Read("""{"model":"m","messages":[{"role":"user","content":"hi"}]""" + (fields.Length > 0 ? "," : "") + fields + "}");

    public static ChatCompletionRequest Saying(string messages) => Read($$"""{"model":"m","messages":{{messages}}}""");
}
