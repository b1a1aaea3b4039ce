namespace LlamaGate.Api.Configuration;

/// <summary>Which known name a misspelt one stands for.</summary>
internal static class NearestName
{
    /// <summary>The nearest of the known names; null when none is so near that it was probably meant.</summary>
    public static string? Find(string name, IEnumerable<string> known)
    {
        var upper = name.ToUpperInvariant().Replace('-', '_');
        var (nearest, distance) = known.Select(candidate => (candidate, Distance(upper, candidate))).MinBy(pair => pair.Item2);
        // A third of its letters may differ: of OLAMA_HOST one does, of PORTT one, and FOO is nobody's.
        return distance <= Math.Max(1, nearest.Length / 3) ? nearest : null;
    }

    /// <summary>Letters to insert, delete or replace, neighbours to swap: the optimal string alignment distance.</summary>
    private static int Distance(string one, string other)
    {
        var rows = new int[one.Length + 1, other.Length + 1];
        for (var i = 0; i <= one.Length; i++)
        {
            for (var j = 0; j <= other.Length; j++)
            {
                rows[i, j] = i == 0 || j == 0 ? i + j : Cell(rows, one, other, i, j);
            }
        }

        return rows[one.Length, other.Length];
    }

    private static int Cell(int[,] rows, string one, string other, int i, int j)
    {
        var replaced = rows[i - 1, j - 1] + (one[i - 1] == other[j - 1] ? 0 : 1);
        var least = Math.Min(replaced, Math.Min(rows[i - 1, j], rows[i, j - 1]) + 1);
        var swapped = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
        return swapped ? Math.Min(least, rows[i - 2, j - 2] + 1) : least;
    }
}
