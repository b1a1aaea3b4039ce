namespace LlamaGate.Domain.Conversations;

/// <summary>A part of a message's content.</summary>
public abstract record Part;

public sealed record TextPart(Utf8Text Text) : Part;

/// <param name="Base64">The image's bytes, base64 without a data URI around it, as Ollama expects them.</param>
public sealed record ImagePart(Utf8Text Base64) : Part;
