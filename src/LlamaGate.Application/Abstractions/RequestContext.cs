using LlamaGate.Domain.Callers;

namespace LlamaGate.Application.Abstractions;

/// <summary>The facts about the HTTP request that the inner layers need. Immutable; contains no prompt and no key.</summary>
/// <param name="RequestId">The X-Request-ID, which also goes upstream.</param>
/// <param name="Caller">Who sends the request; who is charged for its upstream calls.</param>
/// <param name="CacheDirectives">What the caller's <c>Cache-Control</c> header forbids.</param>
public sealed record RequestContext(
    string? RequestId, Caller Caller, CacheDirectives CacheDirectives = CacheDirectives.None)
{
    /// <summary>Is notified of the upstream calls; null = no notifications.</summary>
    public IUpstreamObserver? Observer { get; init; }

    /// <summary>Who is charged for the request's calls on shared hosts. Default: the caller's key.</summary>
    public Principal Principal
    {
        // Made only when it is needed: without shared hosts nobody asks.
        get => field ??= Principal.Of(Caller);
        init;
    }

    /// <summary>The class that the request asks for (X-LlamaGate-Priority); null = the principal's.</summary>
    public KeyPriority? Priority { get; init; }

    /// <summary>The caller's place in its traces, which is sent upstream; null = none.</summary>
    public TraceContext? Trace { get; init; }

    /// <summary>The host that the caller names for a call which concerns a server, not a model; null = the first that is up.</summary>
    public string? Host { get; init; }
}
