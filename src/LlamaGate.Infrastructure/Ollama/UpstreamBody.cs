using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// A body for Ollama in rented memory, so that a long history or an image costs no allocation of its size. Whoever sends it disposes it.
/// </summary>
internal sealed class UpstreamBody : IDisposable
{
    private const int FirstBytes = 2048;

    // The bodies are JSON and never HTML; and what is written is known to be well-formed.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayPoolBufferWriter<byte> _buffer = new(FirstBytes);

    private UpstreamBody()
    {
    }

    public ReadOnlyMemory<byte> Json => _buffer.WrittenMemory;

    public static UpstreamBody Of<T>(T request, Action<Utf8JsonWriter, T> write)
    {
        var body = new UpstreamBody();
        try
        {
            using var writer = new Utf8JsonWriter(body._buffer, Options);
            write(writer, request);
            writer.Flush();
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    public static UpstreamBody Of<T>(T request, JsonTypeInfo<T> type) =>
        Of((request, type), static (writer, body) => JsonSerializer.Serialize(writer, body.request, body.type));

    public void Dispose() => _buffer.Dispose();
}
