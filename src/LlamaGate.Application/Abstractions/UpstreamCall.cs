namespace LlamaGate.Application.Abstractions;

/// <summary>One call to Ollama.</summary>
/// <param name="Endpoint">Where it goes.</param>
/// <param name="Context">The request that it serves; if others have joined, the first one.</param>
public sealed record UpstreamCall(UpstreamEndpoint Endpoint, RequestContext Context)
{
    /// <summary>The model's own name; null for endpoints without one.</summary>
    public string? Model { get; init; }

    /// <summary>JSON; empty for a GET. The caller keeps it valid until the call has started.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>What follows the endpoint's path, such as a blob's digest; null for most. It needs no escaping.</summary>
    public string? Item { get; init; }

    /// <summary>True: a failure has <see cref="Domain.Errors.GatewayException.UpstreamWords"/> where Ollama wrote an error of its own.</summary>
    public bool PassesErrors { get; init; }
}
