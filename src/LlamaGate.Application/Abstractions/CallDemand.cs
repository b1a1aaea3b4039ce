using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>What a call will demand of a host, as far as its request shows.</summary>
public sealed record CallDemand
{
    public static CallDemand Unknown { get; } = new();

    /// <summary>UTF-8 bytes of the prompt's texts.</summary>
    public int TextBytes { get; init; }

    public int Images { get; init; }

    /// <summary>The most tokens that may be generated; null = not limited.</summary>
    public int? MaxTokens { get; init; }

    /// <summary>The context that the request wishes for, in tokens (<c>num_ctx</c>); null = no wish.</summary>
    public int? Context { get; init; }

    /// <summary>
    /// The class that the request's body asks for (<c>service_tier</c>); null = that of the request. Nobody gets one above the principal's.
    /// </summary>
    public KeyPriority? Priority { get; init; }

    /// <summary>A hash of the first messages, 2 kB of text or more, so that equal ones can be found; null for a shorter prompt.</summary>
    public long? Prefix { get; init; }

    /// <summary>Whether the model thinks first and then follows a format: Ollama reports only the second pass.</summary>
    public bool HasTwoPasses { get; init; }

    /// <summary>Shared by the parts of one request, so that the later ones keep the place of the first; null = the only part.</summary>
    public RequestArrival? Arrival { get; init; }

    /// <summary>
    /// Where in the body a member of its <c>options</c> may be inserted, with a comma behind it unless the options are empty there
    /// (<c>}</c> follows, after white space at most); null = the body has no options, and they may be inserted after the first byte.
    /// </summary>
    public int? OptionsAt { get; init; }
}
