using System.Globalization;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench;

/// <summary>The command line.</summary>
internal sealed record BenchOptions
{
    public const string Usage = """
        bench/run.sh [options]
          --quick               under 3 minutes instead of under 15
          --gateway LABEL=PATH  a published gateway: its directory or its single file. Default: the working tree, published.
                                Several are measured in turns and compared at the end:
                                --only plain,history,flood --gateway Before=PATH --gateway After=PATH
          --cache-off           each gateway a second time, with CACHE_ENABLED=false
          --only NAME,NAME      these scenarios only: plain, single, history, agent, image, cached, constant, streams, flood, dialects, cancel,
                                idle, start, memory
          --skip LABEL,LABEL    leave out of direct, nginx, yarp, yarp-again, yarp-inline
          --seconds N           seconds of each closed loop and server, in place of what the scenario has
          --json FILE           where the figures go. Default: artifacts/bench/TIME.json
          --write-docs          put the tables into docs/performance.md and the main figures into README.md
          --from FILE           measure nothing, take the figures of that JSON
        """;

    public bool Quick { get; init; }

    public IReadOnlyList<GatewayBuild> Gateways { get; init; } = [];

    public IReadOnlyList<string> Only { get; init; } = [];

    public IReadOnlyList<string> Skip { get; init; } = [];

    /// <summary>Each gateway is measured in its second configuration too.</summary>
    public bool CacheOff { get; init; }

    public TimeSpan? Time { get; init; }

    public string? Json { get; init; }

    public bool WriteDocs { get; init; }

    public string? From { get; init; }

    /// <summary>Set by run.sh, before it publishes anything: only read the arguments.</summary>
    public bool Check { get; init; }

    /// <summary>Set by soak.sh: how long.</summary>
    public TimeSpan? Soak { get; init; }

    /// <summary>Set by run.sh: the directory of this run.</summary>
    public string Work { get; init; } = Path.GetTempPath();

    /// <summary>Set by run.sh: the repository.</summary>
    public string Root { get; init; } = Directory.GetCurrentDirectory();

    /// <exception cref="FormatException">An argument is unknown or its value cannot be read.</exception>
    public static BenchOptions Parse(IReadOnlyList<string> args)
    {
        var options = new BenchOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--quick" => options with { Quick = true },
                "--write-docs" => options with { WriteDocs = true },
                "--cache-off" => options with { CacheOff = true },
                "--gateway" => options with { Gateways = [.. options.Gateways, GatewayBuild.Parse(Value(args, ref i))] },
                "--only" => options with { Only = Value(args, ref i).Split(',') },
                "--skip" => options with { Skip = Value(args, ref i).Split(',') },
                "--seconds" => options with { Time = Seconds(Value(args, ref i)) },
                "--json" => options with { Json = Path.GetFullPath(Value(args, ref i)) },
                "--from" => options with { From = Path.GetFullPath(Value(args, ref i)) },
                "--check" => options with { Check = true },
                "--soak" => options with { Soak = 60 * Seconds(Value(args, ref i)) },
                "--work" => options with { Work = Value(args, ref i) },
                "--root" => options with { Root = Value(args, ref i) },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value");

    private static TimeSpan Seconds(string text) =>
        double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds is > 0 and <= 600
            ? TimeSpan.FromSeconds(seconds)
            : throw new FormatException($"'{text}' is no number of seconds up to 600");
}
