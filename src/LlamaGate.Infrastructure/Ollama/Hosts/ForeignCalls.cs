using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// Finds use of a host that is not the gateway's: between two lists of its runners one was loaded, its context changed, or its end moved
/// on, although the gateway had no call for it.
/// </summary>
internal static class ForeignCalls
{
    /// <summary>Ollama computes the time anew for a runner that is still loading; the results differ a little.</summary>
    private static readonly TimeSpan MinMove = TimeSpan.FromSeconds(1);

    /// <param name="before">The runners before.</param>
    /// <param name="now">The runners now.</param>
    /// <param name="used">The models that the gateway used in between.</param>
    /// <param name="models">The host's models, by which a blob's other names are found; null when they are not known.</param>
    /// <returns>A model that another client used; null when there was none.</returns>
    public static string? Find(HostRunners before, HostRunners now, IReadOnlySet<string> used, HostModels? models)
    {
        foreach (var runner in now.All)
        {
            if (HasChanged(before.Find(runner.Name, runner.Digest), runner) && !IsOwn(runner, used, models))
            {
                return runner.Name;
            }
        }

        return null;
    }

    private static bool HasChanged(HostRunner? before, HostRunner now) =>
        before is null || before.ContextLength != now.ContextLength || now.ExpiresAt - before.ExpiresAt > MinMove;

    private static bool IsOwn(HostRunner runner, IReadOnlySet<string> used, HostModels? models) =>
        used.Contains(ModelName.Key(runner.Name))
        || (runner.Digest is { } digest && used.Any(name => models?.Find(name)?.Digest == digest));
}
