using LlamaGate.OllamaEmulator.Bench;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Scripts;

namespace LlamaGate.OllamaEmulator.Hosting;

/// <summary>One emulator's state, shared by its endpoints.</summary>
internal sealed class Emulator(EmulatorOptions options)
{
    public EmulatorOptions Options { get; } = options;

    public TimeProvider Time => Options.TimeProvider;

    public RequestLog Log { get; } = new();

    public Script Script { get; } = new();

    public ModelCatalog Catalog { get; } = new(options);

    public LoadedModels Loaded { get; } = new(options.TimeProvider);

    /// <summary>Null unless loads are scheduled.</summary>
    public EmulatedRunners? Runners { get; } = options.Scheduling is { } scheduling
        ? new EmulatedRunners(new RunnerHost(scheduling, options.TimeProvider), new ModelCatalog(options))
        : null;

    /// <summary>Whether connections are reset instead of served.</summary>
    public bool ResetsConnections { get; set; }

    public BenchLog Bench { get; } = new(options.TimeProvider);
}
