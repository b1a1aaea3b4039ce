using System.Buffers;
using System.Runtime.CompilerServices;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>An answer of Ollama's that is copied. Only a line that may be the last one is read.</summary>
internal sealed class OllamaNativeAnswer(IUpstreamAnswer answer, UpstreamEndpoint endpoint, long started, TimeProvider timeProvider)
    : INativeAnswer
{
    private const string Json = "application/json";

    private bool _isEmpty = true;
    private UpstreamEnd? _end;

    public int Status => answer.Status;

    public string ContentType => answer.ContentType ?? Json;

    /// <summary>A model that is only loaded or unloaded answers with one object, whatever was asked.</summary>
    public bool IsStream => endpoint is UpstreamEndpoint.Chat or UpstreamEndpoint.Generate
        or UpstreamEndpoint.Pull or UpstreamEndpoint.Push or UpstreamEndpoint.Create
        && !ContentType.StartsWith(Json, StringComparison.OrdinalIgnoreCase);

    public ReadOnlySequence<byte> Line => answer.Line;

    public GatewayException? Failure
    {
        get;
        private set
        {
            field = value;
            answer.Failure = value?.Error;
        }
    }

    public TokenUsage? Usage => _end?.Usage;

    public GenerationTimings? Timings => _end?.Timings;

    public TimeSpan? TimeToFirstToken { get; private set; }

    public TimeSpan? UpstreamTime { get; private set; }

    private bool IsGeneration => endpoint is UpstreamEndpoint.Chat or UpstreamEndpoint.Generate;

    // Pooled, since it is one for each packet of a stream.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken)
    {
        if (_end is not null || Failure is not null)
        {
            await EndAsync();
            return false;
        }

        if (!await answer.ReadLineAsync(cancellationToken))
        {
            if (IsGeneration)
            {
                throw Broken();
            }

            await EndAsync();
            return false;
        }

        if (_isEmpty)
        {
            _isEmpty = false;
            TimeToFirstToken = timeProvider.GetElapsedTime(started);
        }

        if (NativeEnds.MayBeOne(answer.Line))
        {
            NoteEnd(answer.Line, isWhole: false);
        }

        return true;
    }

    public async ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var body = await answer.ReadToEndAsync(cancellationToken);
        TimeToFirstToken = timeProvider.GetElapsedTime(started);
        if (IsGeneration || endpoint is UpstreamEndpoint.Embed)
        {
            NoteEnd(new(body.Memory), isWhole: true);
        }

        await EndAsync();
        return body;
    }

    public void Dispose() => answer.Dispose();

    private GatewayException Broken()
    {
        UpstreamTime = timeProvider.GetElapsedTime(started);
        var failure = _isEmpty ? OllamaErrors.NotTheProtocol() : OllamaErrors.Incomplete();
        answer.Failure = failure.Error;
        return failure;
    }

    private ValueTask EndAsync()
    {
        UpstreamTime = timeProvider.GetElapsedTime(started);
        // After an error the connection is as it may be.
        return Failure is null ? answer.CompleteAsync(_end ?? new UpstreamEnd(Usage: null, Timings: null)) : ValueTask.CompletedTask;
    }

    /// <param name="isWhole">The text is the whole answer, after which no other line can end it.</param>
    private void NoteEnd(ReadOnlySequence<byte> json, bool isWhole)
    {
        try
        {
            var read = NativeEnds.Read(json);
            _end = endpoint is UpstreamEndpoint.Embed ? read.ToEmbedEnd() : read.IsDone ? read.ToEnd() : null;
            if (isWhole && _end is null)
            {
                Failure = OllamaErrors.Incomplete();
            }
        }
        catch (GatewayException failure)
        {
            Failure = failure;
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            // Whatever it is, it is passed on; an end it is not.
        }
    }
}
