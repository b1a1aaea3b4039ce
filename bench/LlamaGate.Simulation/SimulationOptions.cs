using System.Globalization;

namespace LlamaGate.Simulation;

/// <summary>The command line.</summary>
internal sealed record SimulationOptions
{
    public const string Usage = """
        llamagate-simulation [options]
          --scenario NAME    this scenario only: flood, weights, mixed, two-models, switching, leaving, dying-host, waiters
          --svg DIR          write a picture of each scenario into the directory
          --repetitions N    with other random numbers each. Default: 5
          --write-docs ROOT  put the pictures and the table into the documents of the repository at ROOT
          --help             this text
        The exit code is 1 when a figure misses its target.
        """;

    public const int DefaultRepetitions = 5;

    public string? Scenario { get; init; }

    public string? Svg { get; init; }

    /// <summary>The repository whose documents are written; null = none.</summary>
    public string? WriteDocs { get; init; }

    public int Repetitions { get; init; } = DefaultRepetitions;

    public bool Help { get; init; }

    /// <exception cref="FormatException">An argument is unknown or its value cannot be read.</exception>
    public static SimulationOptions Parse(IReadOnlyList<string> args)
    {
        var options = new SimulationOptions();
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--scenario" => options with { Scenario = Value(args, ref i) },
                "--svg" => options with { Svg = Value(args, ref i) },
                "--repetitions" => options with { Repetitions = Number(Value(args, ref i)) },
                "--write-docs" => options with { WriteDocs = Value(args, ref i) },
                "--help" => options with { Help = true },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return options is { WriteDocs: not null } and not { Scenario: null, Repetitions: DefaultRepetitions }
            ? throw new FormatException("'--write-docs' needs all scenarios with the default repetitions")
            : options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value");

    private static int Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 1000
            ? number
            : throw new FormatException($"'{text}' is no number from 1 to 1000");
}
