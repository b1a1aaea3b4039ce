using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Memory;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Dialects;

/// <summary>
/// Writes server-sent events. They are buffered in rented memory and written to the response in one piece, because each write to the
/// response takes a lock and frames its own chunk. A stream that waits holds no memory.
/// </summary>
public sealed class SseWriter(PipeWriter output) : IDisposable
{
    /// <summary>Over this many bytes events are flushed although more are available, which limits the memory of a stream.</summary>
    private const int MaxUnflushed = 16 * 1024;

    private const int MinBytes = 512;

    private Utf8JsonWriter? _json;
    private ArrayPoolBufferWriter<byte>? _pending;
    private int _usualBytes = MinBytes;

    /// <summary>Whether enough is buffered that it should be flushed.</summary>
    public bool IsFull => _pending?.WrittenCount >= MaxUnflushed;

    /// <summary>Whether nothing is buffered.</summary>
    public bool IsEmpty => _pending is null;

    /// <summary>The buffer for an event's bytes; valid until the next flush.</summary>
    public IBufferWriter<byte> Pending => _pending ??= new ArrayPoolBufferWriter<byte>(ModestPool.Instance, _usualBytes);

    /// <summary>A JSON writer on <see cref="Pending"/>; flush it after use.</summary>
    public Utf8JsonWriter StartJson()
    {
        if (_json is null)
        {
            _json = new Utf8JsonWriter(Pending, ContractSerialization.WriterOptions);
        }
        else
        {
            _json.Reset(Pending);
        }

        return _json;
    }

    public void WriteEvent<T>(T data, JsonTypeInfo<T> type)
    {
        Pending.Write("data: "u8);
        JsonSerializer.Serialize(StartJson(), data, type);
        Pending.Write("\n\n"u8);
    }

    /// <param name="name">The event's name: ASCII without line breaks.</param>
    public void WriteEvent<T>(string name, T data, JsonTypeInfo<T> type)
    {
        Pending.Write("event: "u8);
        Encoding.ASCII.GetBytes(name, Pending);
        Pending.Write("\n"u8);
        WriteEvent(data, type);
    }

    /// <param name="data">JSON without line breaks.</param>
    public void WriteEvent(ReadOnlySpan<byte> data)
    {
        Pending.Write("data: "u8);
        Pending.Write(data);
        Pending.Write("\n\n"u8);
    }

    /// <summary>OpenAI's end-of-stream marker.</summary>
    public void WriteDone() => Pending.Write("data: [DONE]\n\n"u8);

    /// <summary>A comment, which clients ignore, so that proxies and people see that the connection is alive.</summary>
    public void WriteKeepAlive() => Pending.Write(": keep-alive\n\n"u8);

    /// <param name="text">ASCII without line breaks.</param>
    public void WriteComment(string text)
    {
        Pending.Write(": "u8);
        Encoding.ASCII.GetBytes(text, Pending);
        Pending.Write("\n\n"u8);
    }

    /// <summary>Waits while a slow reader's buffer is full.</summary>
    public ValueTask FlushAsync()
    {
        if (_pending is not { } pending)
        {
            return ValueTask.CompletedTask;
        }

        _pending = null;
        _usualBytes = Math.Max(MinBytes, pending.WrittenCount);
        var writing = output.WriteAsync(pending.WrittenMemory, CancellationToken.None);
        if (!writing.IsCompletedSuccessfully)
        {
            return WaitAsync(writing, pending);
        }

        pending.Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose()
    {
        _pending?.Dispose();
        _json?.Dispose();
    }

    // Pooled, since each packet of a stream needs one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private static async ValueTask WaitAsync(ValueTask<FlushResult> writing, ArrayPoolBufferWriter<byte> pending)
    {
        using (pending)
        {
            await writing;
        }
    }
}
