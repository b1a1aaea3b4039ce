using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>An answer of Ollama while it is read. Disposing it before its end ends the generation.</summary>
internal sealed class OllamaAnswer(HttpResponseMessage response, Stream body, IdleTimeout idle) : IDisposable
{
    /// <summary>Most bytes of one JSON value, a line or a whole answer: past it the upstream is taken to be broken.</summary>
    internal const int MostBytes = 64 * 1024 * 1024;

    /// <summary>Longest wait for the end of a body whose last line has been read, so that its connection can be used again.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    /// <summary>What an answer that is no stream mostly fits in.</summary>
    private const int FirstBytes = 4096;

    /// <summary>A whole answer past this many bytes takes longer to parse than other sockets of its thread should wait.</summary>
    private const int MostBytesAtOnce = 64 * 1024;

    /// <summary>As many packets that were there without waiting, about half a millisecond of work.</summary>
    private const int MostPacketsAtOnce = 16;

    // Without bytes at hand it waits without a buffer: a thousand silent streams would otherwise hold one each.
    private static readonly StreamPipeReaderOptions Unbuffered = new(leaveOpen: true, useZeroByteReads: true);

    private PipeReader? _lines;
    private int _packetsAtOnce;

    private PipeReader Lines => _lines ??= PipeReader.Create(body, Unbuffered);

    /// <summary>Reads the body as one JSON value.</summary>
    public async Task<T> ReadAsync<T>(JsonReading<T> read)
        where T : class
    {
        using var whole = await ReadToEndAsync();
        return Parse(new ReadOnlySequence<byte>(whole.WrittenMemory), read);
    }

    /// <summary>The same for what the serializer reads.</summary>
    public Task<T> ReadAsync<T>(JsonTypeInfo<T> type)
        where T : class => ReadAsync((ref Utf8JsonReader reader) => JsonSerializer.Deserialize(ref reader, type));

    /// <summary>Reads the body as NDJSON, a value at a time, each as soon as its line is complete. Empty lines are passed over.</summary>
    public async IAsyncEnumerable<T> ReadLinesAsync<T>(
        JsonReading<T> read, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class
    {
        var searched = 0L;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var result = await WaitAsync(Lines.ReadAsync(idle.Token));
            var buffer = result.Buffer;
            while (NdjsonFraming.TryTakeLine(ref buffer, result.IsCompleted, ref searched, out var line))
            {
                yield return Parse(line, read);
            }

            Lines.AdvanceTo(buffer.Start, result.Buffer.End);
            if (result.IsCompleted)
            {
                yield break;
            }

            ThrowIfTooLong(buffer.Length);
        }
    }

    /// <summary>What an answer that is no success says.</summary>
    public async Task<GatewayException> ReadErrorAsync(OllamaEndpoint endpoint)
    {
        using var whole = await ReadToEndAsync();
        return OllamaErrors.FromStatus(response, new ReadOnlySequence<byte>(whole.WrittenMemory), endpoint);
    }

    /// <summary>Reads on to the end of lines that have said all, for a short while at most.</summary>
    public async Task ReadEndAsync()
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(idle.Token);
        limit.CancelAfter(EndLimit);
        try
        {
            while (true)
            {
                var result = await Lines.ReadAsync(limit.Token);
                Lines.AdvanceTo(result.Buffer.End);
                if (result.IsCompleted)
                {
                    return;
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The answer is complete; all that is lost is a connection.
        }
    }

    public void Dispose()
    {
        _lines?.Complete();
        body.Dispose();
        response.Dispose();
        idle.Dispose();
    }

    /// <returns>The body in rented memory; whoever reads it disposes it.</returns>
    private async ValueTask<ArrayPoolBufferWriter<byte>> ReadToEndAsync()
    {
        var whole = new ArrayPoolBufferWriter<byte>(FirstBytes);
        try
        {
            while (await WaitAsync(body.ReadAsync(whole.GetMemory(1), idle.Token)) is > 0 and var read)
            {
                whole.Advance(read);
                ThrowIfTooLong(whole.WrittenCount);
            }

            if (whole.WrittenCount > MostBytesAtOnce)
            {
                await Task.Yield();
            }

            return whole;
        }
        catch
        {
            whole.Dispose();
            throw;
        }
    }

    // Pooled, since it is one for each packet of a stream.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WaitAsync<T>(ValueTask<T> reading)
    {
        try
        {
            if (reading.IsCompleted)
            {
                if (++_packetsAtOnce >= MostPacketsAtOnce)
                {
                    _packetsAtOnce = 0;
                    await Task.Yield();
                }

                return await reading;
            }

            _packetsAtOnce = 0;
            idle.Arm();
            var result = await reading;
            idle.Disarm();
            return result;
        }
        catch (Exception exception)
        {
            if (OllamaErrors.FromTransport(exception, idle) is { } translated)
            {
                throw translated;
            }

            throw;
        }
    }

    private static T Parse<T>(ReadOnlySequence<byte> json, JsonReading<T> read)
        where T : class
    {
        try
        {
            // A line mostly lies within one packet, and a reader of one span is the faster one.
            var reader = json.IsSingleSegment ? new Utf8JsonReader(json.FirstSpan) : new Utf8JsonReader(json);
            var value = read(ref reader) ?? throw new GatewayException(GatewayError.UpstreamError, "Ollama answered null.");
            // Reading stops behind the value. What follows would get lost: the reader throws when there is anything.
            reader.Read();
            return value;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            throw new GatewayException(
                GatewayError.UpstreamError, "Ollama answered with something that is not its protocol.", innerException: exception);
        }
    }

    private static void ThrowIfTooLong(long bytes)
    {
        if (bytes > MostBytes)
        {
            throw new GatewayException(GatewayError.UpstreamError, $"Ollama sent a value longer than {MostBytes / 1024 / 1024} MB.");
        }
    }
}
