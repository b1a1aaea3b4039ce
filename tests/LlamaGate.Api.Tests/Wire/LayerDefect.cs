using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Wire;

/// <summary>Something that Ollama's own /v1 layer does badly, as a recording shows, and what the gateway does instead.</summary>
/// <param name="Number">Which defect of the layer it belongs to.</param>
/// <param name="Recording">The recording that shows it.</param>
/// <param name="Says">What the layer does, in a few words.</param>
/// <param name="Shows">Whether an answer shows it: true for the recording, false for the gateway's.</param>
/// <param name="Right">What the gateway's answer, and the calls that reached Ollama, must be like.</param>
internal sealed record LayerDefect(
    int Number,
    string Recording,
    string Says,
    Func<Observed, bool> Shows,
    Func<Observed, IReadOnlyList<RecordedRequest>, bool> Right)
{
    /// <summary>The recording that Ollama answers the gateway with; null when it must not be asked.</summary>
    public string? Native { get; init; }

    /// <summary>The gateway's route, where the recording is not of the same one.</summary>
    public string? Path { get; init; }

    /// <summary>Changes the recorded request where the gateway offers another way.</summary>
    public Func<string, string> Adapt { get; init; } = body => body;

    public string Key => $"{Number}: {Recording}";
}
