using System.Globalization;

namespace LlamaGate.OllamaEmulator.Bench;

/// <summary>
/// What a model named <c>bench:paced-100_gap-50ms</c> does. The name alone says it, so that no body has to be parsed.
/// </summary>
internal sealed record BenchScript(BenchKind Kind, int Tokens)
{
    public const string Prefix = "bench:";
    private const int DefaultLinesPerPacket = 64;
    private const int MostTokens = 1_000_000;

    /// <summary>Silence before the first byte.</summary>
    public TimeSpan First { get; init; }

    /// <summary>Time between two lines of a paced stream.</summary>
    public TimeSpan Gap { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>Lines in one packet of a flood.</summary>
    public int LinesPerPacket { get; init; } = DefaultLinesPerPacket;

    /// <summary>Under which the arrival and the abort of this very request are noted; null notes nothing.</summary>
    public string? Id { get; init; }

    /// <exception cref="FormatException">A directive is unknown or its value cannot be read.</exception>
    public static BenchScript Parse(string model)
    {
        var directives = model[Prefix.Length..].Split('_');
        var (kind, tokens) = Parted(directives[0]);
        var script = new BenchScript(KindOf(kind), Number(tokens));
        foreach (var directive in directives.Skip(1))
        {
            var (key, value) = Parted(directive);
            script = key switch
            {
                "first" => script with { First = Duration(value) },
                "gap" => script with { Gap = Duration(value) },
                "pack" => script with { LinesPerPacket = Math.Max(1, Number(value)) },
                "id" => script with { Id = value },
                _ => throw new FormatException($"unknown directive '{directive}'"),
            };
        }

        return script;
    }

    private static BenchKind KindOf(string kind) => kind switch
    {
        "plain" => BenchKind.Plain,
        "flood" => BenchKind.Flood,
        "paced" => BenchKind.Paced,
        _ => throw new FormatException($"a bench model is plain, flood or paced, not '{kind}'"),
    };

    private static (string Key, string Value) Parted(string directive) =>
        directive.IndexOf('-', StringComparison.Ordinal) is > 0 and var dash
            ? (directive[..dash], directive[(dash + 1)..])
            : throw new FormatException($"unknown directive '{directive}'");

    private static int Number(string value) =>
        int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= MostTokens
            ? number
            : throw new FormatException($"'{value}' is no whole number up to {MostTokens}");

    private static TimeSpan Duration(string value) => value.EndsWith("ms", StringComparison.Ordinal)
        ? TimeSpan.FromMilliseconds(Number(value[..^2]))
        : throw new FormatException($"'{value}' is no time such as 50ms");
}

/// <summary>The three manners of an answer that a benchmark needs.</summary>
internal enum BenchKind
{
    /// <summary>One object.</summary>
    Plain,

    /// <summary>A stream as fast as it is taken, many lines a packet.</summary>
    Flood,

    /// <summary>A stream of one line a gap; each carries the time at which it was sent.</summary>
    Paced,
}
