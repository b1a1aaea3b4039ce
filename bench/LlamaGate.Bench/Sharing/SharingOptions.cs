using System.Globalization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Sharing;

/// <summary>The command line of bench/shared.sh.</summary>
internal sealed record SharingOptions
{
    public const string Usage = """
        bench/shared.sh [options]
          --quick         under 8 minutes instead of under 25
          --gateway PATH  a published gateway: its directory or its single file. Default: the working tree, published
          --only NAME,…   these scenarios only: switch, pauses, flood, prefix, patience, busy, waiters, replicas
          --scale N       times relative to those of the scenarios' names: 1 is 2 s a load, 4 s an answer in the flood, 30 s of patience.
                          Default: 1 for switch and pauses (0.25 with --quick), 0.1 for flood and patience
          --waiters N     connections of the scenario waiters. Default: 10000, 2000 with --quick, fewer where ulimit -n demands it
          --json          JSON lines instead of the table
        The variable OLLAMA (a URL) names a real Ollama instead of the emulator, OLLAMA_MODELS=a,b two of its models of which one fits,
        OLLAMA_NUM_PARALLEL its slots (default 1).
        """;

    public bool Quick { get; init; }

    public bool Json { get; init; }

    public GatewayBuild Gateway { get; init; } = new("gateway", string.Empty);

    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Null takes each scenario's own.</summary>
    public double? Scale { get; init; }

    public int? Waiters { get; init; }

    /// <summary>Null measures with the emulator.</summary>
    public RealOllama? Real { get; init; }

    /// <summary>Set by shared.sh, before it publishes anything: only read the arguments.</summary>
    public bool Check { get; init; }

    /// <summary>Set by shared.sh: the directory of this run.</summary>
    public string Work { get; init; } = Path.GetTempPath();

    /// <summary>Set by shared.sh: the repository.</summary>
    public string Root { get; init; } = Directory.GetCurrentDirectory();

    /// <param name="args">The command line.</param>
    /// <param name="variable">The value of an environment variable.</param>
    /// <exception cref="FormatException">An argument is unknown, or its value or a variable's cannot be read.</exception>
    public static SharingOptions Parse(IReadOnlyList<string> args, Func<string, string?> variable)
    {
        var options = new SharingOptions { Real = RealOllama.From(variable) };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--shared" => options,
                "--quick" => options with { Quick = true },
                "--json" => options with { Json = true },
                "--check" => options with { Check = true },
                "--gateway" => options with { Gateway = new GatewayBuild("gateway", Path.GetFullPath(Value(args, ref i))) },
                "--only" => options with { Only = Names(Value(args, ref i)) },
                "--scale" => options with { Scale = Positive(Value(args, ref i)) },
                "--waiters" => options with { Waiters = (int)Positive(Value(args, ref i)) },
                "--work" => options with { Work = Value(args, ref i) },
                "--root" => options with { Root = Value(args, ref i) },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return options;
    }

    private static string[] Names(string text)
    {
        var names = text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return Array.Find(names, name => !SharingRun.Names.Contains(name, StringComparer.Ordinal)) is { } unknown
            ? throw new FormatException($"there is no scenario '{unknown}'")
            : names;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value");

    private static double Positive(string text) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new FormatException($"'{text}' is no number above 0");
}
