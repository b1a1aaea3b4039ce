using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Checks one key.</summary>
internal static class KeyCheck
{
    /// <returns>The entry, with what is valid. Its id is empty and its list of digests too when these are not.</returns>
    public static KeyEntry ToEntry(RawKey key, FaultList faults)
    {
        var entry = new KeyEntry("", []);
        var id = key.Fields.Where(field => field.Name == KeyFields.Id).Select(FieldValues.Id).FirstOrDefault();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in key.Fields)
        {
            if (KeyFields.Find(field.Name) is not { } known)
            {
                faults.Add(new(field.Line, key.Place, id, $"has {UnknownName.Describe(field.Name, KeyFields.Names)}"));
            }
            else if (!seen.Add(field.Name))
            {
                faults.Add(key, id, field, "is there twice");
            }
            else if (known.Apply(entry, field) is { } applied)
            {
                entry = applied;
            }
            else
            {
                faults.Add(key, id, field, known.Allowed);
            }
        }

        Require(KeyFields.Id);
        Require(KeyFields.Hash);
        return entry with { Fields = [.. seen] };

        void Require(string name)
        {
            if (!seen.Contains(name))
            {
                faults.Add(key, id, field: null, $"has no \"{name}\"");
            }
        }
    }
}
