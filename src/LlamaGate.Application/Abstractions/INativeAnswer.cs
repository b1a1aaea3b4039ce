using System.Buffers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// An answer of Ollama's own API while it is passed on, by one reader: line by line if it is a stream, else as a whole. Disposing it
/// before its end ends the generation.
/// </summary>
public interface INativeAnswer : IDisposable
{
    /// <summary>The HTTP status: a success.</summary>
    int Status { get; }

    /// <summary>As Ollama names it.</summary>
    string ContentType { get; }

    /// <summary>Lines of NDJSON follow.</summary>
    bool IsStream { get; }

    /// <summary>The line that was read last, without its line break; valid until the next read.</summary>
    ReadOnlySequence<byte> Line { get; }

    /// <summary>The failure of which Ollama's last line told, which was read like any other; null when there was none.</summary>
    GatewayException? Failure { get; }

    /// <summary>Known at the end, as all that follows; null where Ollama counts nothing.</summary>
    TokenUsage? Usage { get; }

    GenerationTimings? Timings { get; }

    /// <summary>From the call to the first line; of a whole answer to its end.</summary>
    TimeSpan? TimeToFirstToken { get; }

    /// <summary>From the call to its end.</summary>
    TimeSpan? UpstreamTime { get; }

    /// <summary>
    /// Waits for the next line. A generation that ends without saying that it is done throws
    /// <see cref="GatewayError.UpstreamIncomplete"/>.
    /// </summary>
    /// <returns>False after the last.</returns>
    ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole body, in rented memory that the caller disposes. Not for streams.</summary>
    ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken);
}
