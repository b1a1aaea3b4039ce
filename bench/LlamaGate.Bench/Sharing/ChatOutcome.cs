namespace LlamaGate.Bench.Sharing;

/// <summary>What a client saw of its chat. Times are seconds since it was sent.</summary>
/// <param name="Ending">How it ended.</param>
/// <param name="FirstChunk">Until the first chunk of the answer; null when none came.</param>
/// <param name="Total">Until the end.</param>
/// <param name="Places">Comments that told the position in the queue.</param>
internal sealed record ChatOutcome(ChatEnding Ending, double? FirstChunk, double Total, int Places);
