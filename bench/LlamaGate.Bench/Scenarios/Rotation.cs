namespace LlamaGate.Bench.Scenarios;

/// <summary>Whose turn it is: each round begins with another, so that none is always the one after the slowest.</summary>
internal static class Rotation
{
    public static IEnumerable<T> Of<T>(IReadOnlyList<T> all, int round) =>
        Enumerable.Range(0, all.Count).Select(i => all[(i + round) % all.Count]);
}
