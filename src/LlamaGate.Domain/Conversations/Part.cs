namespace LlamaGate.Domain.Conversations;

/// <summary>A piece of what a message says.</summary>
public abstract record Part;

public sealed record TextPart(Utf8Text Text) : Part;

/// <param name="Base64">The image's bytes, base64 without a data URI around it, as Ollama takes them.</param>
public sealed record ImagePart(Utf8Text Base64) : Part;
