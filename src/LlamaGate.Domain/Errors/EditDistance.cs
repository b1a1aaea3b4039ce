namespace LlamaGate.Domain.Errors;

/// <summary>The edit distance between two names, for errors that suggest the closest name.</summary>
public static class EditDistance
{
    /// <summary>The optimal string alignment distance: counts insertions, deletions, replacements and swaps of neighbours.</summary>
    public static int Between(string one, string other)
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
