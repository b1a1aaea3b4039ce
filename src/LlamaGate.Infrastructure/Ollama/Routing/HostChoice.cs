using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>
/// Chooses the host of a call that needs no slot: the first one in the list that has the model as the first host has it. The scheduler
/// chooses for all other calls.
/// </summary>
internal static class HostChoice
{
    private const int Useless = 3;

    /// <param name="hosts">In the order of the list.</param>
    /// <param name="model">Its name in the shortest spelling; empty for a call without a model.</param>
    /// <param name="failed">Where the call has failed already.</param>
    /// <returns>Null when there is no host for the call.</returns>
    public static ProbedHost? Choose(IReadOnlyList<ProbedHost> hosts, string model, IReadOnlyList<SharedHost> failed)
    {
        var live = hosts.Where(probed => probed.Host.State is HostState.Up).ToArray();
        var isKnown = hosts.Any(probed => probed.Host.Models?.Find(model) is not null);
        var decides = live.Select(probed => probed.Host.Models?.Find(model)).FirstOrDefault(found => found is not null);
        return live.Where(probed => !failed.Contains(probed.Host)).MinBy(probed => Rank(probed.Host, model, decides, isKnown)) is { } best
            && Rank(best.Host, model, decides, isKnown) < Useless
                ? best
                : null;
    }

    private static int Rank(SharedHost host, string model, HostModel? decides, bool isKnown) => host.Models switch
    {
        // It may have it, and says so itself.
        null => 1,
        var models => models.Find(model) is { } found ? found.Digest == decides?.Digest ? 0 : Useless
            // Ollama's own error names the model.
            : isKnown ? Useless : 2,
    };
}
