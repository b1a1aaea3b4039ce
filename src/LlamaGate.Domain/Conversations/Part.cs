namespace LlamaGate.Domain.Conversations;

/// <summary>A part of a message's content.</summary>
public abstract record Part;

public sealed record TextPart(Utf8Text Text) : Part;

/// <param name="Base64">The image's bytes, base64 without a data URI around it, as Ollama expects them.</param>
public sealed record ImagePart(Utf8Text Base64) : Part
{
    /// <summary>What a model reads in the place of an image that it cannot be shown.</summary>
    public static TextPart LeftOut { get; } = new("[image: left out, since it cannot be shown]");

    /// <summary>
    /// A tool gave it, so the caller could not choose, and it stays in the history for good: for a model that cannot see it is left out
    /// and named, not refused.
    /// </summary>
    public bool IsOptional { get; init; }
}
