using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Configuration;

/// <summary>Finds the known name that a misspelt one probably means.</summary>
internal static class NearestName
{
    /// <summary>The closest known name; null when none is similar enough.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var upper = name.ToUpperInvariant().Replace('-', '_');
        var (nearest, distance) = known.Select(candidate => (candidate, EditDistance.Between(upper, candidate))).MinBy(pair => pair.Item2);
        // Up to a third of its letters may differ: one does in OLAMA_HOST and in PORTT, and FOO matches nothing.
        return distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }
}
