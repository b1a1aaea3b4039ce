using LlamaGate.Domain.Models;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// Warns of names behind which hosts have different models. The first host in the list that is up and has the name decides; each change
/// is logged once.
/// </summary>
internal sealed class DigestConflicts(HostLog log)
{
    private readonly Lock _gate = new();
    private Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <param name="hosts">In their order.</param>
    public void Check(IReadOnlyList<SharedHost> hosts)
    {
        lock (_gate)
        {
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (model, used, others) in Find(hosts))
            {
                var text = $"{used}: {string.Join(", ", others)}";
                found[model] = text;
                if (_known.GetValueOrDefault(model) != text)
                {
                    log.Differs(model, used, others);
                }
            }

            _known = found;
        }
    }

    /// <returns>The model, the host that decides, and those that have another.</returns>
    internal static IEnumerable<(string Model, string Used, IReadOnlyList<string> Others)> Find(IReadOnlyList<SharedHost> hosts)
    {
        var first = new Dictionary<string, (string Host, string? Digest)>(StringComparer.Ordinal);
        var others = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var host in hosts.Where(host => host.State is HostState.Up))
        {
            foreach (var model in host.Models?.All ?? [])
            {
                var key = ModelName.Key(model.Info.Name);
                if (!first.TryAdd(key, (host.Name, model.Digest)) && first[key].Digest != model.Digest)
                {
                    (others.TryGetValue(key, out var named) ? named : others[key] = []).Add(host.Name);
                }
            }
        }

        return others.Select(other => (other.Key, first[other.Key].Host, (IReadOnlyList<string>)other.Value));
    }
}
