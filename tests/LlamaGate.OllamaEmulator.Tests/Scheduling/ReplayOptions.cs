namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>An emulator like the machine of a recording: its slots, and its speeds as they can be read from the answers.</summary>
internal static class ReplayOptions
{
    /// <summary>num_batch, in tokens of the recorded models. The emulator's are words.</summary>
    private const int BatchTokens = 512;

    public static EmulatorOptions For(SchedulerRecording recording, TimeProvider time)
    {
        var answered = recording.Calls.Where(call => call.Durations is not null).OrderBy(call => call.FirstByteMs).ToArray();
        var measured = answered.FirstOrDefault(call => call.Durations is { Prompt: > 0 })
            ?? answered.MaxBy(call => call.Words)
            ?? throw new InvalidOperationException($"{recording.Name} has no answer.");
        return new EmulatorOptions
        {
            TimeProvider = time,
            Models = Models,
            Scheduling = new SchedulingOptions
            {
                Parallel = recording.Parallel,
                MaxLoadedModels = recording.MaxLoadedModels,
                MaxQueue = recording.MaxQueue,
                LoadTime = TimeSpan.FromMilliseconds(510),
                TokenTime = TimeSpan.FromMilliseconds(answered.Select(TokenMs).Where(ms => ms > 0).DefaultIfEmpty(18).Min()),
                PromptTokensPerSecond = WordsPerSecond(measured),
                BatchTokens = Math.Max(1, BatchTokens * measured.Words / measured.Durations?.PromptTokens ?? 1),
            },
        };
    }

    /// <summary>With the blobs and contexts of the recordings.</summary>
    private static EmulatedModel[] Models =>
    [
        new("slowa:latest", ["completion"]) { Blob = "sha256-eb5c7a1b4596", ContextLength = 4096 },
        new("slowb:latest", ["completion"]) { Blob = "sha256-91b0ee7849d8", ContextLength = 4096 },
        new("embed:latest", ["embedding"])
        {
            Blob = "sha256-199a300c17c1", ContextLength = 256, EmbeddingLength = 32, LoadTime = TimeSpan.FromMilliseconds(255),
        },
    ];

    private static double TokenMs(RecordedCall call) => call.Durations is { Tokens: > 1 } times ? times.Eval / (times.Tokens - 1) : 0;

    /// <summary>Embeddings do not tell the time of the prompt; it is all of the total but the load.</summary>
    private static double WordsPerSecond(RecordedCall call) => call.Durations switch
    {
        { Prompt: > 0 } times => call.Words / times.Prompt * 1000,
        { } times => call.Words / times.Gap * 1000,
        null => throw new InvalidOperationException($"{call.Id} has no durations."),
    };
}
