using System.Globalization;

namespace LlamaGate.Bench.Sharing;

/// <summary>How many files a process of this run may have open.</summary>
internal static class OpenFiles
{
    private const string Line = "Max open files";

    public static int Limit() => Soft(File.ReadLines("/proc/self/limits"));

    internal static int Soft(IEnumerable<string> limits)
    {
        var line = limits.First(l => l.StartsWith(Line, StringComparison.Ordinal))[Line.Length..].Trim();
        return int.TryParse(line.Split(' ')[0], CultureInfo.InvariantCulture, out var limit) ? limit : int.MaxValue;
    }
}
