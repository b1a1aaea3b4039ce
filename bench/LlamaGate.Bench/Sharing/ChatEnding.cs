namespace LlamaGate.Bench.Sharing;

/// <summary>How a chat ended.</summary>
internal enum ChatEnding
{
    /// <summary>The whole answer came.</summary>
    Finished,

    /// <summary>A status other than 200, or an error in the stream.</summary>
    Refused,

    /// <summary>The client's patience was over.</summary>
    GaveUp,

    /// <summary>The connection failed, or the stream ended before the answer.</summary>
    Broken,
}
