using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Memory;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Ollama;

internal sealed class OllamaAnswer(HttpResponseMessage response, Stream body, IdleTimeout idle) : IUpstreamAnswer
{
    /// <summary>
    /// Maximum bytes of one JSON value, a line or a whole answer: beyond it the upstream is considered broken.
    /// </summary>
    internal const int MaxBytes = 64 * 1024 * 1024;

    /// <summary>Maximum wait for the end of a body whose last line has been read.</summary>
    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    /// <summary>Large enough for most answers that are not streams.</summary>
    private const int FirstBytes = 4096;

    /// <summary>
    /// A whole answer over this many bytes takes longer to parse than other sockets on its thread should wait.
    /// </summary>
    private const int MaxBytesAtOnce = 64 * 1024;

    /// <summary>Maximum number of packets read without waiting, about half a millisecond of work.</summary>
    private const int MaxPacketsAtOnce = 16;

    // When no bytes are available it waits without a buffer: otherwise a thousand silent streams would hold one each.
    private static readonly StreamPipeReaderOptions Unbuffered = new(leaveOpen: true, useZeroByteReads: true);

    private PipeReader? _lines;

    /// <summary>The data that has been read and not yet taken as a line.</summary>
    private ReadOnlySequence<byte> _rest;

    /// <summary>How much of the rest is known to contain no line break.</summary>
    private long _searched;

    /// <summary>The pipe lends the data until it is released.</summary>
    private bool _isLent;

    /// <summary>All bytes of the body have been read.</summary>
    private bool _hasEnded;

    private int _packetsAtOnce;

    public int Status => (int)response.StatusCode;

    // Not parsed: all but a pass-through know what they get.
    public string? ContentType =>
        response.Content.Headers.NonValidated.TryGetValues("Content-Type", out var type) ? type.ToString() : null;

    public DateTimeOffset? Date => response.Headers.Date;

    public GatewayError? Failure { get; set; }

    public ReadOnlySequence<byte> Line { get; private set; }

    private PipeReader Lines => _lines ??= PipeReader.Create(body, Unbuffered);

    // A packet usually contains one line, or several from a fast model: these need no state machine.
    public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) =>
        TryTakeLine() ? new(true) : ReadPacketsAsync(cancellationToken);

    public async ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        idle.Follow(cancellationToken);
        var whole = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, FirstBytes);
        try
        {
            while (await WaitAsync(body.ReadAsync(whole.GetMemory(1), idle.Token)) is > 0 and var read)
            {
                whole.Advance(read);
                ThrowIfTooLong(whole.WrittenCount);
            }

            _hasEnded = true;
            if (whole.WrittenCount > MaxBytesAtOnce)
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

    public async ValueTask CompleteAsync(UpstreamEnd end)
    {
        if (_hasEnded)
        {
            return;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(idle.Token);
        limit.CancelAfter(EndLimit);
        try
        {
            while (!_hasEnded)
            {
                Release(_rest.End);
                Lend(await Lines.ReadAsync(limit.Token));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            // The answer is complete; only a connection is lost.
        }
    }

    public void Dispose()
    {
        _lines?.Complete();
        body.Dispose();
        response.Dispose();
        idle.Dispose();
    }

    private bool TryTakeLine()
    {
        var line = default(ReadOnlySequence<byte>);
        var found = _isLent && NdjsonFraming.TryTakeLine(ref _rest, _hasEnded, ref _searched, out line);
        Line = line;
        return found;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> ReadPacketsAsync(CancellationToken cancellationToken)
    {
        idle.Follow(cancellationToken);
        while (!_hasEnded)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ThrowIfTooLong(_rest.Length);
            Release(_rest.Start);
            Lend(await WaitAsync(Lines.ReadAsync(idle.Token)));
            if (TryTakeLine())
            {
                return true;
            }
        }

        return false;
    }

    private void Lend(ReadResult result)
    {
        _rest = result.Buffer;
        _hasEnded = result.IsCompleted;
        _isLent = true;
    }

    private void Release(SequencePosition consumed)
    {
        if (_isLent)
        {
            Lines.AdvanceTo(consumed, _rest.End);
            _rest = default;
            _isLent = false;
        }
    }

    // Pooled, since each packet of a stream needs one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<T> WaitAsync<T>(ValueTask<T> reading)
    {
        try
        {
            if (reading.IsCompleted)
            {
                if (++_packetsAtOnce >= MaxPacketsAtOnce)
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
                Failure = translated.Error;
                throw translated;
            }

            throw;
        }
    }

    private void ThrowIfTooLong(long bytes)
    {
        if (bytes > LargeValues.MinBytes)
        {
            LargeValues.Note();
        }

        if (bytes > MaxBytes)
        {
            Failure = GatewayError.UpstreamError;
            throw new GatewayException(
                GatewayError.UpstreamError, $"Ollama sent a value longer than {MaxBytes / 1024 / 1024} MB.");
        }
    }
}
