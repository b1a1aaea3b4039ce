using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>
/// An id names one key, and a secret belongs to one key. API_KEY counts as the key <c>default</c>, ADMIN_KEY as the key <c>admin</c>.
/// </summary>
internal sealed class KeyUniqueness
{
    private readonly FaultList _faults;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly HashSet<string> _variables = new(StringComparer.Ordinal);
    private readonly Dictionary<KeyDigest, string> _digests = [];

    public KeyUniqueness(ReservedKeys reserved, FaultList faults)
    {
        _faults = faults;
        foreach (var (variable, id, key) in reserved.All())
        {
            _variables.Add(variable);
            _ids.Add(id, variable);
            _digests.TryAdd(KeyDigest.Of(key), variable);
        }
    }

    public void Add(RawKey key, KeyEntry entry)
    {
        if (entry.Id.Length > 0 && !_ids.TryAdd(entry.Id, key.Place))
        {
            AddFault(key, entry, KeyFields.Id, _variables.Contains(_ids[entry.Id])
                ? $"is reserved for {_ids[entry.Id]} while that is set"
                : $"is also the id of {_ids[entry.Id]}");
        }

        foreach (var digest in entry.Digests)
        {
            if (!_digests.TryAdd(digest, key.Place))
            {
                var owner = _digests[digest];
                AddFault(key, entry, KeyFields.Hash, owner == key.Place
                    ? "contains the same hash twice"
                    : $"contains a hash that also belongs to {owner}");
            }
        }
    }

    private void AddFault(RawKey key, KeyEntry entry, string field, string problem) =>
        _faults.Add(key, entry.Id.Length > 0 ? entry.Id : null, key.Fields.First(one => one.Name == field), problem);
}
