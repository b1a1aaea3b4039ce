using System.Buffers;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// An answer of Ollama while it is read, by one reader. Disposing it before its end ends the generation. Failures are as in
/// <see cref="IUpstreamCalls"/>.
/// </summary>
public interface IUpstreamAnswer : IDisposable
{
    /// <summary>The body's Content-Type; null when Ollama names none.</summary>
    string? ContentType { get; }

    /// <summary>The line that was read last, without its line break; valid until the next read.</summary>
    ReadOnlySequence<byte> Line { get; }

    /// <summary>Waits for the next line of NDJSON. Empty lines are skipped.</summary>
    /// <returns>False at the end of the body.</returns>
    ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole body, in rented memory that the caller disposes. Not for answers that are read by line.</summary>
    ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Says that the last line was read, and what it reports. The rest of the body is read for a second at most, so that the connection
    /// can be used again.
    /// </summary>
    ValueTask CompleteAsync(UpstreamEnd end);
}

/// <summary>What the last line of a generation reports.</summary>
/// <param name="Usage">Tokens as Ollama counted them.</param>
/// <param name="Timings">Ollama's own account of its time.</param>
public sealed record UpstreamEnd(TokenUsage? Usage, GenerationTimings? Timings);
