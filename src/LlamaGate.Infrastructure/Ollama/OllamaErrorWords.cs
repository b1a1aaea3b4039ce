using System.Net;
using System.Text.Json;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>The errors that Ollama wrote itself, for those who speak its API.</summary>
internal static class OllamaErrorWords
{
    /// <summary>Longer ones hold something else than an error.</summary>
    private const int MaxBytes = 64 * 1024;

    /// <summary>
    /// Null for what is no <c>{"error":"text"}</c>, such as a proxy's page, and for 401: it judges the gateway's key, and its caller would
    /// take it for a judgement on his own.
    /// </summary>
    public static UpstreamWords? Of(int status, ReadOnlyMemory<byte> body) =>
        status != (int)HttpStatusCode.Unauthorized && body.Length <= MaxBytes && IsAnError(body)
            ? new UpstreamWords(status, body.ToArray())
            : null;

    private static bool IsAnError(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return document.RootElement.ValueKind is JsonValueKind.Object
                && document.RootElement.TryGetProperty("error", out var error) && error.ValueKind is JsonValueKind.String;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            return false;
        }
    }
}
