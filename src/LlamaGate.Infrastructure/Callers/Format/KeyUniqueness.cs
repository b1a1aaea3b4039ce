using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>An id names one key, and a secret belongs to one key. API_KEY counts as the key <c>default</c>.</summary>
internal sealed class KeyUniqueness
{
    private const string OfApiKey = "API_KEY";

    private readonly FaultList _faults;
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<KeyDigest, string> _digests = [];

    public KeyUniqueness(string apiKey, FaultList faults)
    {
        _faults = faults;
        if (apiKey.Length > 0)
        {
            _ids.Add(ICallerDirectory.DefaultId, OfApiKey);
            _digests.Add(KeyDigest.Of(apiKey), OfApiKey);
        }
    }

    public void Add(RawKey key, KeyEntry entry)
    {
        if (entry.Id.Length > 0 && !_ids.TryAdd(entry.Id, key.Place))
        {
            AddFault(key, entry, KeyFields.Id, _ids[entry.Id] is OfApiKey
                ? "is reserved for API_KEY while that is set"
                : $"is the id of {_ids[entry.Id]} too");
        }

        foreach (var digest in entry.Digests)
        {
            if (!_digests.TryAdd(digest, key.Place))
            {
                var owner = _digests[digest];
                AddFault(key, entry, KeyFields.Hash, owner == key.Place
                    ? "contains the same hash twice"
                    : $"contains a hash that belongs to {owner} too");
            }
        }
    }

    private void AddFault(RawKey key, KeyEntry entry, string field, string problem) =>
        _faults.Add(key, entry.Id.Length > 0 ? entry.Id : null, key.Fields.First(one => one.Name == field), problem);
}
