using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Api.Streaming;

/// <summary>Writes server-sent events straight into the response's buffer: no string, no copy between.</summary>
internal sealed class SseWriter(PipeWriter output) : IDisposable
{
    /// <summary>Past this many bytes a flood of events is flushed although more is at hand, which bounds the memory of a stream.</summary>
    private const int MostUnflushed = 16 * 1024;

    // The events are JSON and never HTML; and what is written is known to be well-formed.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly Utf8JsonWriter _json = new(output, Options);

    /// <summary>Enough is waiting that it should go out.</summary>
    public bool IsFull => output.UnflushedBytes >= MostUnflushed;

    public void WriteEvent<T>(T data, JsonTypeInfo<T> type)
    {
        output.Write("data: "u8);
        _json.Reset(output);
        JsonSerializer.Serialize(_json, data, type);
        output.Write("\n\n"u8);
    }

    /// <param name="name">The event's name: ASCII without line breaks.</param>
    public void WriteEvent<T>(string name, T data, JsonTypeInfo<T> type)
    {
        output.Write("event: "u8);
        Encoding.ASCII.GetBytes(name, output);
        output.Write("\n"u8);
        WriteEvent(data, type);
    }

    /// <param name="data">JSON without line breaks.</param>
    public void WriteEvent(ReadOnlySpan<byte> data)
    {
        output.Write("data: "u8);
        output.Write(data);
        output.Write("\n\n"u8);
    }

    /// <summary>OpenAI's mark that the stream is complete.</summary>
    public void WriteDone() => output.Write("data: [DONE]\n\n"u8);

    /// <summary>A comment, which clients pass over, so that proxies and people see that the line is alive.</summary>
    public void WriteKeepAlive() => output.Write(": keep-alive\n\n"u8);

    /// <param name="text">ASCII without line breaks.</param>
    public void WriteComment(string text)
    {
        output.Write(": "u8);
        Encoding.ASCII.GetBytes(text, output);
        output.Write("\n\n"u8);
    }

    /// <summary>Waits while a slow reader's buffer is full.</summary>
    public ValueTask<FlushResult> FlushAsync() => output.FlushAsync(CancellationToken.None);

    public void Dispose() => _json.Dispose();
}
