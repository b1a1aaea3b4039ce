using System.Text.Json;
using LlamaGate.Domain.Embeddings;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The body of <c>POST /api/embed</c>. Null members are not written.</summary>
internal static class OllamaEmbedBody
{
    /// <param name="batch">Those of the request's inputs that this call has.</param>
    /// <param name="truncate">Whether an overlong input may be truncated, which is Ollama's silent default; otherwise it is an error.</param>
    public static UpstreamBody Create(EmbeddingRequest request, IReadOnlyList<string> batch, bool truncate) => UpstreamBody.Of(
        (request, batch, truncate), static (writer, embed) => Write(writer, embed.request, embed.batch, embed.truncate));

    private static int? Write(Utf8JsonWriter writer, EmbeddingRequest request, IReadOnlyList<string> batch, bool truncate)
    {
        writer.WriteStartObject();
        writer.WriteString("model"u8, request.Model);
        // An array also for one input.
        writer.WriteStartArray("input"u8);
        foreach (var text in batch)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
        if (!truncate)
        {
            writer.WriteBoolean("truncate"u8, false);
        }

        if (request.Dimensions is { } dimensions)
        {
            writer.WriteNumber("dimensions"u8, dimensions);
        }

        var optionsAt = WriteOptions(writer, request.Options);
        if (request.KeepAlive is { } keepAlive)
        {
            writer.WritePropertyName("keep_alive"u8);
            keepAlive.WriteTo(writer);
        }

        writer.WriteEndObject();
        return optionsAt;
    }

    private static int? WriteOptions(Utf8JsonWriter writer, JsonElement? options)
    {
        if (options is not { } own)
        {
            return null;
        }

        writer.WritePropertyName("options"u8);
        var at = UpstreamBody.PositionOf(writer) + 1;
        own.WriteTo(writer);
        return own.ValueKind is JsonValueKind.Object ? at : null;
    }
}
