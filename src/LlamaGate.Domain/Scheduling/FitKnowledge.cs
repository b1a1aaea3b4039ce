namespace LlamaGate.Domain.Scheduling;

/// <summary>Which sets of models fit into a host's memory together, as far as lists of its runners have shown.</summary>
internal sealed class FitKnowledge
{
    /// <summary>Sets remembered of each kind; the oldest go first.</summary>
    private const int MaxSets = 64;

    private readonly List<HashSet<string>> _together = [];
    private readonly List<HashSet<string>> _apart = [];

    /// <summary>These models were loaded at the same time.</summary>
    public void NoteTogether(IEnumerable<string> models)
    {
        var seen = models.ToHashSet(StringComparer.Ordinal);
        if (seen.Count > 1 && !_together.Any(seen.IsSubsetOf))
        {
            _together.RemoveAll(known => known.IsSubsetOf(seen));
            Keep(_together, seen);
        }

        // What was too much before, maybe with a larger context, is not any more.
        _apart.RemoveAll(known => known.IsSubsetOf(seen));
    }

    /// <summary>A model had to go when the set was loaded.</summary>
    public void NoteApart(IEnumerable<string> models)
    {
        var seen = models.ToHashSet(StringComparer.Ordinal);
        if (seen.Count > 1 && !_apart.Any(known => known.IsSubsetOf(seen)))
        {
            _together.RemoveAll(seen.IsSubsetOf);
            Keep(_apart, seen);
        }
    }

    /// <returns>Null when it is not known.</returns>
    public bool? Fits(IReadOnlyCollection<string> models)
    {
        var asked = models.ToHashSet(StringComparer.Ordinal);
        return asked.Count <= 1 || _together.Any(asked.IsSubsetOf) ? true
            : _apart.Any(known => known.IsSubsetOf(asked)) ? false
            : null;
    }

    private static void Keep(List<HashSet<string>> sets, HashSet<string> added)
    {
        if (sets.Count >= MaxSets)
        {
            sets.RemoveAt(0);
        }

        sets.Add(added);
    }
}
