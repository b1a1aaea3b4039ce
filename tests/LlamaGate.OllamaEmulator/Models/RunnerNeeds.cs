using System.Text.Json;
using LlamaGate.OllamaEmulator.Requests;

namespace LlamaGate.OllamaEmulator.Models;

/// <summary>What a call asks of its model's runner. Ollama loads the model again for a call that asks for something else.</summary>
/// <param name="ContextLength">In tokens.</param>
/// <param name="Shifts">Whether the oldest tokens make room when the context is full.</param>
/// <param name="Layers">Layers on the GPU; null takes the runner as it is.</param>
/// <param name="Others">The other options that are fixed when a runner starts.</param>
internal sealed record RunnerNeeds(int ContextLength, bool Shifts, string? Layers, string Others)
{
    private static readonly string[] Fixed = ["num_batch", "main_gpu", "use_mmap", "num_thread", "draft_num_predict"];

    public static RunnerNeeds Of(NativeRequest request, EmulatedModel model) => new(
        request.Option("num_ctx") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var tokens)
            ? tokens : model.ContextLength,
        request.Member("shift") is not { ValueKind: JsonValueKind.False },
        request.Option("num_gpu") is { ValueKind: JsonValueKind.Number } layers && layers.GetDouble() >= 0 ? layers.GetRawText() : null,
        string.Join(',', Fixed.Select(name => request.Option(name)?.GetRawText())));

    /// <summary>Whether a runner that was started for other needs serves these too.</summary>
    public bool AreMetBy(RunnerNeeds runner) => this with { Layers = Layers ?? runner.Layers } == runner;
}
