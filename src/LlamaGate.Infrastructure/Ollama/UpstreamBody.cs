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

    /// <param name="request">The value to write.</param>
    /// <param name="write">Writes it.</param>
    /// <param name="textBytes">
    /// Approximate length of its texts, so that a long one is not copied repeatedly while the memory grows.
    /// </param>
    public static UpstreamBody Of<T>(T request, Action<Utf8JsonWriter, T> write, int textBytes = 0)
    {
        var body = new UpstreamBody(textBytes);
        try
        {
            using var writer = new Utf8JsonWriter(body._buffer, ContractSerialization.WriterOptions);
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
