namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Chooses the host of a call. Hosts that have the model come first, those where it is loaded before the others, then the one with the
/// fewest running calls of the model, then with the fewest at all, then the first in the list.
/// </summary>
internal static class HostChoice
{
    /// <summary>By how many calls the preferred host may be busier than the least busy one.</summary>
    private const int MaxBusier = 1;

    /// <param name="hosts">In the order of the list.</param>
    /// <param name="preferred">The index of the host where the caller last used the model, so that its prompt is cached there; -1 for none.</param>
    /// <returns>An index; -1 when there is no host for the call.</returns>
    public static int Choose(ReadOnlySpan<HostCandidate> hosts, int preferred)
    {
        var best = -1;
        var decides = FirstWith(hosts);
        var isKnown = IsKnown(hosts);
        for (var i = 0; i < hosts.Length; i++)
        {
            if (IsUsable(hosts[i], decides, isKnown) && (best < 0 || IsBetter(hosts[i], hosts[best])))
            {
                best = i;
            }
        }

        return best >= 0 && preferred >= 0 && preferred < hosts.Length && IsUsable(hosts[preferred], decides, isKnown)
            && IsAsGood(hosts[preferred], hosts[best])
                ? preferred
                : best;
    }

    /// <summary>The host whose digest counts, also when the call has failed there; null when no live host lists the model.</summary>
    private static HostCandidate? FirstWith(ReadOnlySpan<HostCandidate> hosts)
    {
        foreach (var host in hosts)
        {
            if (host is { IsLive: true, HasModel: true })
            {
                return host;
            }
        }

        return null;
    }

    /// <summary>Whether any host lists the model, also one that gets no calls: then those that do not list it are of no use.</summary>
    private static bool IsKnown(ReadOnlySpan<HostCandidate> hosts)
    {
        foreach (var host in hosts)
        {
            if (host.HasModel is true)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsUsable(HostCandidate host, HostCandidate? decides, bool isKnown) =>
        host is { IsLive: true, IsExcluded: false }
        && host.HasModel switch
        {
            true => host.Digest == decides?.Digest,
            // It may have it, and says so itself.
            null => true,
            // Ollama's own error names the model.
            false => !isKnown,
        };

    private static bool IsBetter(HostCandidate one, HostCandidate other) => Compare(one, other) < 0;

    private static int Compare(HostCandidate one, HostCandidate other)
    {
        var byRank = Rank(one).CompareTo(Rank(other));
        if (byRank != 0 || one.HasModel is not true)
        {
            // Without the model all are alike: the order of the list decides.
            return byRank;
        }

        var byModel = one.RunningOfModel.CompareTo(other.RunningOfModel);
        return byModel != 0 ? byModel : one.Running.CompareTo(other.Running);
    }

    private static int Rank(HostCandidate host) => host switch
    {
        { HasModel: true, IsLoaded: true } => 0,
        { HasModel: true } => 1,
        _ => 2,
    };

    private static bool IsAsGood(HostCandidate preferred, HostCandidate best) =>
        Rank(preferred) == Rank(best)
        && preferred.RunningOfModel <= best.RunningOfModel + MaxBusier
        && preferred.Running <= best.Running + MaxBusier;
}
