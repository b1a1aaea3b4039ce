using LlamaGate.Domain.Generation;

namespace LlamaGate.Application.Abstractions;

/// <summary>A streamed request whose answer is the same, chunks aside, as a plain one's: they share what is kept.</summary>
/// <typeparam name="TChunk">What the stream is made of.</typeparam>
/// <typeparam name="TAnswer">The plain answer, which is what is kept.</typeparam>
public interface IReplayableRequest<TChunk, TAnswer> : ICacheableRequest<TAnswer>
{
    /// <summary>A kept answer as the stream that it would have been.</summary>
    IEnumerable<TChunk> Replay(TAnswer answer);

    /// <summary>Puts a stream together while it passes.</summary>
    IStreamAssembler<TChunk, TAnswer> CreateAssembler();
}

/// <summary>Puts one stream's chunks together to the answer that they are.</summary>
public interface IStreamAssembler<in TChunk, out TAnswer>
{
    void Add(TChunk chunk);

    /// <summary>The answer, once the stream has ended well.</summary>
    /// <param name="usage">The counts, which a stream itself need not tell.</param>
    /// <param name="ignoredFields">Fields of the request that had no effect.</param>
    TAnswer Complete(TokenUsage usage, IReadOnlyList<string> ignoredFields);
}
