using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// A body for Ollama in rented memory, so that a long history or an image needs no allocation of its size. It is
/// disposed when the call has started.
/// </summary>
internal sealed class UpstreamBody : IDisposable
{
    private const int FirstBytes = 2048;

    /// <summary>
    /// The size that the JSON writer requests at a time: with less left, the memory would have to grow at the very end.
    /// </summary>
    private const int Step = 4096;

    private readonly ArrayPoolBufferWriter<byte> _buffer;

    private UpstreamBody(int textBytes) =>
        _buffer = new ArrayPoolBufferWriter<byte>(
            ModestPool.Instance, textBytes < FirstBytes / 2 ? FirstBytes : FirstBytes + textBytes + Step);

    public ReadOnlyMemory<byte> Json => _buffer.WrittenMemory;

    /// <summary>Right behind the brace that begins its <c>options</c>; null when it has none.</summary>
    public int? OptionsAt { get; private set; }

    /// <param name="request">The value to write.</param>
    /// <param name="write">Writes it, and returns <see cref="OptionsAt"/>.</param>
    /// <param name="textBytes">
    /// Approximate length of its texts, so that a long one is not copied repeatedly while the memory grows.
    /// </param>
    public static UpstreamBody Of<T>(T request, Func<Utf8JsonWriter, T, int?> write, int textBytes = 0)
    {
        var body = new UpstreamBody(textBytes);
        try
        {
            using var writer = new Utf8JsonWriter(body._buffer, ContractSerialization.WriterOptions);
            body.OptionsAt = write(writer, request);
            writer.Flush();
            return body;
        }
        catch
        {
            body.Dispose();
            throw;
        }
    }

    /// <param name="write">Writes it, without options.</param>
    public static UpstreamBody Of<T>(T request, Action<Utf8JsonWriter, T> write) => Of(
        (request, write),
        static int? (Utf8JsonWriter writer, (T Request, Action<Utf8JsonWriter, T> Write) body) =>
        {
            body.Write(writer, body.Request);
            return null;
        });

    public static UpstreamBody Of<T>(T request, JsonTypeInfo<T> type) =>
        Of((request, type), static (writer, body) => JsonSerializer.Serialize(writer, body.request, body.type));

    /// <summary>Where the next byte will be written.</summary>
    public static int PositionOf(Utf8JsonWriter writer) => (int)(writer.BytesCommitted + writer.BytesPending);

    public void Dispose() => _buffer.Dispose();
}
