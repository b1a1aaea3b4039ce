using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// A body for Ollama in rented memory, so that a long history or an image costs no allocation of its size. Whoever sends it disposes it.
/// </summary>
internal sealed class UpstreamBody : IDisposable
{
    private const int FirstBytes = 2048;

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
