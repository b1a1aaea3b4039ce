namespace LlamaGate.OllamaEmulator;

/// <summary>How an emulator starts.</summary>
public sealed record EmulatorOptions
{
    /// <summary>IP address to listen on, <c>localhost</c>, or <c>*</c> for all.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port; 0 takes a free one (see <see cref="EmulatedOllama.Address"/>).</summary>
    public int Port { get; init; }

    /// <summary>
    /// Lists the demo models in <c>/api/tags</c> instead of the recorded ones. The demo models answer in either case.
    /// </summary>
    public bool Demo { get; init; }

    /// <summary>
    /// The models listed in <c>/api/tags</c>; null lists the recorded three, or the demo models with <see
    /// cref="Demo"/>.
    /// </summary>
    public IReadOnlyList<EmulatedModel>? Models { get; init; }

    /// <summary>Loads, slots and queues as a real Ollama has them; null answers every call at once.</summary>
    public SchedulingOptions? Scheduling { get; init; }

    /// <summary>Clock of <c>created_at</c>, durations and every delay.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// Pause between two tokens a demo model streams. A plain (not streamed) demo answer comes at once.
    /// </summary>
    public TimeSpan DemoGap { get; init; } = TimeSpan.FromMilliseconds(30);
}
