using LlamaGate.Domain.Errors;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Words for a field that does not exist. A long name or one with digits is not repeated: it could be a key in the wrong place.</summary>
internal static class UnknownName
{
    private const int MaxShown = 24;

    /// <param name="name">As in the file.</param>
    /// <param name="known">The names that are allowed here.</param>
    /// <returns>Completes "has …".</returns>
    public static string Describe(string name, IReadOnlyCollection<string> known)
    {
        if (name.Length is 0 or > MaxShown || !name.All(c => char.IsAsciiLetter(c) || c is '_' or '-' or '$'))
        {
            return $"an unknown field; allowed: {string.Join(", ", known)}";
        }

        var lower = name.ToLowerInvariant().Replace('-', '_');
        var (nearest, distance) = known.Select(candidate => (candidate, EditDistance.Between(lower, candidate))).MinBy(pair => pair.Item2);
        return distance <= Math.Max(1, nearest.Length / 3)
            ? $"the unknown field \"{name}\"; did you mean {nearest}?"
            : $"the unknown field \"{name}\"; allowed: {string.Join(", ", known)}";
    }
}
