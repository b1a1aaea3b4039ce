using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Scheduling.Cluster;

/// <summary>Where the principals of this gateway's calls stood at their last grants. Guarded by the link's gate.</summary>
internal sealed class KnownCounters
{
    /// <summary>From here on those are forgotten who owe nothing.</summary>
    private const int Many = 1000;

    /// <summary>Principals are made of addresses too.</summary>
    private const int MaxKnown = 10_000;

    private readonly Dictionary<string, (Principal Principal, double Counter)> _known = new(StringComparer.Ordinal);
    private double _virtualTime;
    private int _lookAt = Many;

    public void Note(Principal principal, double counter, double virtualTime)
    {
        _virtualTime = Math.Max(_virtualTime, virtualTime);
        if (_known.Count >= _lookAt)
        {
            foreach (var settled in _known.Where(known => known.Value.Counter <= _virtualTime).Select(known => known.Key).ToArray())
            {
                _known.Remove(settled);
            }

            _lookAt = Math.Clamp(2 * _known.Count, Many, MaxKnown);
        }

        if (_known.Count < MaxKnown || _known.ContainsKey(principal.Id))
        {
            _known[principal.Id] = (principal, counter);
        }
    }

    public IEnumerable<ReplicaEvent> Announce() => _known.Values.Select(known => new ReplicaEvent
    {
        Kind = ReplicaEventKind.Restore,
        Principal = PrincipalMessage.Of(known.Principal),
        Counter = known.Counter,
        VirtualTime = _virtualTime,
    });
}
