using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Configuration;

/// <summary>Which known name a misspelt one stands for.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the known names; null when none is so near that it was probably meant.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var upper = name.ToUpperInvariant().Replace('-', '_');
        var (nearest, distance) = known.Select(candidate => (candidate, EditDistance.Between(upper, candidate))).MinBy(pair => pair.Item2);
        // A third of its letters may differ: of OLAMA_HOST one does, of PORTT one, and FOO is nobody's.
        return distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }
}
