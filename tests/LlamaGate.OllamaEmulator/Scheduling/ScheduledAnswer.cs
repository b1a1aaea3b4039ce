using System.Text.Json;
using LlamaGate.OllamaEmulator.Demo;
using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Scripts;

namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>
/// What a model with a runner says. A listed one counts to num_predict, so that a request says how long it takes; all else is
/// answered as by the demo models.
/// </summary>
internal static class ScheduledAnswer
{
    public static ModelAnswer To(NativeRequest request, EmulatedModel model) =>
        !ModelCatalog.IsDemo(model) && request.Tools.Count == 0 && request.Member("format") is null && Limit(request) is { } tokens
            ? new ModelAnswer { Tokens = CountingTokens.Take(tokens), DoneReason = "length" }
            : DemoAnswer.To(request, model);

    private static int? Limit(NativeRequest request) =>
        request.Option("num_predict") is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var tokens) && tokens > 0
            ? tokens
            : null;
}
