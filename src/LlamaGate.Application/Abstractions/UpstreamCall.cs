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

    /// <summary>
    /// What the queue and quotas need to know about a call that works on a model; null for other calls, and where neither is there.
    /// </summary>
    public CallDemand? Demand { get; init; }

    /// <summary>The context of the runner that gets the call, which its body then names (<c>num_ctx</c>); null = it names none.</summary>
    public int? ContextLength { get; init; }

    /// <summary>How the call fared in the queue; null for a call that needs no slot.</summary>
    public UpstreamRoute? Route { get; init; }

    /// <summary>The span of the call, which is sent upstream; null = that of the request, if it has one.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>Ends the call for an administrator; null for a call that needs no slot.</summary>
    public UpstreamBreak? Break { get; init; }

    /// <summary>What follows the endpoint's path, such as a blob's digest; null for most. It needs no escaping.</summary>
    public string? Item { get; init; }

    /// <summary>True: a failure has <see cref="Domain.Errors.GatewayException.UpstreamWords"/> where Ollama wrote an error of its own.</summary>
    public bool PassesErrors { get; init; }
}
