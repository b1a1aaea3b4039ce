using System.Text.Json;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>A timeline of calls to a real Ollama, in milliseconds from its start.</summary>
internal sealed class SchedulerRecording
{
    private SchedulerRecording(JsonElement root)
    {
        var setup = root.GetProperty("setup");
        var environment = setup.GetProperty("env");
        Name = root.GetProperty("name").ToString();
        Parallel = Number(environment, "OLLAMA_NUM_PARALLEL") ?? 1;
        MaxLoadedModels = Number(environment, "OLLAMA_MAX_LOADED_MODELS") ?? 1;
        MaxQueue = Number(environment, "OLLAMA_MAX_QUEUE") ?? new SchedulingOptions().MaxQueue;
        LoadedBefore = [.. setup.GetProperty("loaded_before").EnumerateArray().Select(name => name.ToString())];
        Calls = [.. root.GetProperty("calls").EnumerateArray().Select(RecordedCall.Of)];
        Ps = [.. root.GetProperty("ps").EnumerateArray().Select(RecordedPs.Of)];
        Loads = [.. root.GetProperty("loads").EnumerateArray().Select(RecordedLoad.Of)];
    }

    public static string Folder { get; } = FindFolder();

    public static IEnumerable<string> Names =>
        Directory.EnumerateFiles(Folder, "sched_*.json")
            .Select(Path.GetFileNameWithoutExtension)
            .OfType<string>()
            .Order(StringComparer.Ordinal);

    public string Name { get; }

    public int Parallel { get; }

    public int MaxLoadedModels { get; }

    public int MaxQueue { get; }

    public IReadOnlyList<string> LoadedBefore { get; }

    public IReadOnlyList<RecordedCall> Calls { get; }

    public IReadOnlyList<RecordedPs> Ps { get; }

    public IReadOnlyList<RecordedLoad> Loads { get; }

    /// <summary>Several calls waited for one load: Ollama lets them in in any order.</summary>
    public bool IsOrderArbitrary =>
        Calls.Count(call => call.Durations is { Load: > RecordedDurations.LoadMs } && call.SentMs < Calls[0].EndedMs) > 1;

    public static SchedulerRecording Named(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, name + ".json")));
        return new SchedulerRecording(document.RootElement);
    }

    private static int? Number(JsonElement environment, string name) => environment.TryGetProperty(name, out var value)
        ? int.Parse(value.ToString(), System.Globalization.CultureInfo.InvariantCulture)
        : null;

    private static string FindFolder()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "LlamaGate.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("There is no LlamaGate.sln above the tests.");
        }

        return Path.Combine(folder.FullName, "tests", "recordings", "scheduler");
    }
}
