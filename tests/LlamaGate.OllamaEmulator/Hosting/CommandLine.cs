using System.Globalization;
using System.Net;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Scripts;

namespace LlamaGate.OllamaEmulator.Hosting;

/// <summary>The executable's arguments.</summary>
internal static class CommandLine
{
    public const int DefaultPort = 11434;

    public const string Usage = """
        ollama-emulator [--host ADDRESS] [--port N] [--demo | --models NAME,NAME] [scheduling]
          --host   IP address to listen on, localhost, or * for all (default 127.0.0.1)
          --port   TCP port, 0 for a free one (default 11434)
          --demo   list only the demo models in /api/tags
          --models list only these in /api/tags; all of them complete
        Any of these schedules calls as a real Ollama does; T is a time such as 500ms or 2s:
          --parallel    calls that a runner works on at once (default 1)
          --max-loaded  models in memory at once (default 1)
          --load-time   what a load takes (default 2s)
          --token-time  what a token takes (default 20ms)
          --prompt-rate tokens of prompts that a runner computes a second (default 1000)
          --max-queue   calls that may wait for a load (default 512)
        """;

    /// <exception cref="FormatException">An argument is unknown or its value cannot be read.</exception>
    public static EmulatorOptions Parse(IReadOnlyList<string> args)
    {
        var options = new EmulatorOptions { Port = DefaultPort };
        for (var i = 0; i < args.Count; i++)
        {
            options = args[i] switch
            {
                "--demo" => options with { Demo = true },
                "--port" => options with { Port = Port(Value(args, ref i)) },
                "--host" => options with { Host = Host(Value(args, ref i)) },
                "--parallel" => Scheduled(options, s => s with { Parallel = Count(Value(args, ref i)) }),
                "--max-loaded" => Scheduled(options, s => s with { MaxLoadedModels = Count(Value(args, ref i)) }),
                "--load-time" => Scheduled(options, s => s with { LoadTime = DirectiveParser.Duration(Value(args, ref i)) }),
                "--token-time" => Scheduled(options, s => s with { TokenTime = DirectiveParser.Duration(Value(args, ref i)) }),
                "--prompt-rate" => Scheduled(options, s => s with { PromptTokensPerSecond = Count(Value(args, ref i)) }),
                "--max-queue" => Scheduled(options, s => s with { MaxQueue = Count(Value(args, ref i)) }),
                "--models" => options with { Models = Models(Value(args, ref i)) },
                _ => throw new FormatException($"unknown argument '{args[i]}'"),
            };
        }

        return options;
    }

    private static string Value(IReadOnlyList<string> args, ref int i) =>
        ++i < args.Count ? args[i] : throw new FormatException($"'{args[i - 1]}' needs a value");

    private static int Port(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port <= IPEndPoint.MaxPort
            ? port
            : throw new FormatException($"'{text}' is no TCP port");

    private static int Count(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count > 0
            ? count
            : throw new FormatException($"'{text}' is no number from 1");

    private static IReadOnlyList<EmulatedModel> Models(string names) =>
        names.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) is { Length: > 0 } listed
            ? [.. listed.Select(name => new EmulatedModel(ModelCatalog.WithTag(name), ["completion"]))]
            : throw new FormatException($"'{names}' names no model");

    private static EmulatorOptions Scheduled(EmulatorOptions options, Func<SchedulingOptions, SchedulingOptions> change) =>
        options with { Scheduling = change(options.Scheduling ?? new SchedulingOptions()) };

    private static string Host(string text) =>
        text is "localhost" or "*" || IPAddress.TryParse(text, out _)
            ? text
            : throw new FormatException($"'{text}' is no IP address");
}
