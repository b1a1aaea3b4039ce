using System.Buffers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>
/// An answer from Ollama while one reader reads it. Disposing it early ends the generation. Failures are as in
/// <see cref="IUpstreamCalls"/>.
/// </summary>
public interface IUpstreamAnswer : IDisposable
{
    /// <summary>The HTTP status: a success.</summary>
    int Status { get; }

    /// <summary>The body's Content-Type; null when Ollama names none.</summary>
    string? ContentType { get; }

    /// <summary>Ollama's clock when the answer began, to the second; null when the answer does not say.</summary>
    DateTimeOffset? Date { get; }

    /// <summary>
    /// Why the answer broke off: set by the connection or by the reader of the lines. Null while it has not; it stays null
    /// when the caller disconnects.
    /// </summary>
    GatewayError? Failure { get; set; }

    /// <summary>The last line read, without its line break; valid until the next read.</summary>
    ReadOnlySequence<byte> Line { get; }

    /// <summary>Waits for the next NDJSON line. Empty lines are skipped.</summary>
    /// <returns>False at the end of the body.</returns>
    ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken);

    /// <summary>Reads the whole body into rented memory that the caller disposes. Do not combine it with reading by line.</summary>
    ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken);

    /// <summary>
    /// Signals that the last line was read, and passes on what it reports. The rest of the body is read for at most a second, so that the
    /// connection can be reused.
    /// </summary>
    ValueTask CompleteAsync(UpstreamEnd end);
}

/// <summary>The data in the last line of a generation.</summary>
/// <param name="Usage">Tokens as Ollama counted them.</param>
/// <param name="Timings">The times reported by Ollama.</param>
public sealed record UpstreamEnd(TokenUsage? Usage, GenerationTimings? Timings);
