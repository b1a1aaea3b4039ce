using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>A request of a load, its answer, and what the hosts saw of it.</summary>
/// <param name="SentAt">Since the load began.</param>
/// <param name="Status">0 when the gateway broke the connection.</param>
internal sealed record LoadedCall(string Id, LoadDialect Dialect, TimeSpan SentAt, int Status, string Body)
{
    public bool Succeeded => Status == 200 && Body.Contains(Dialect.Ends, StringComparison.Ordinal);

    public bool FailedInBand => Status == 200 && Body.Contains(Dialect.Fails, StringComparison.Ordinal);

    /// <summary>Before anything was sent to the client.</summary>
    public bool FailedWhole => Status >= 500 && Body.Contains("\"error\":", StringComparison.Ordinal);

    /// <summary>The attempts that reached a host, in order.</summary>
    public IReadOnlyList<RecordedRequest> Attempts(IEnumerable<EmulatedOllama> hosts) =>
    [
        .. hosts.SelectMany(host => host.Requests)
            .Where(request => request.Path == "/api/chat" && request.Headers.GetValueOrDefault("X-Request-ID") == Id)
            .OrderBy(request => request.ReceivedAt),
    ];

    public override string ToString() => $"{Id} {Dialect.Path}, sent at {SentAt}: {Status} {Body}";
}
