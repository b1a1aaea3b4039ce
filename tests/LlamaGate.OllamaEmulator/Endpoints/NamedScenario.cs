using LlamaGate.OllamaEmulator.Models;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Endpoints;

/// <summary>The scenario a model's name or a control header asks for.</summary>
internal static class NamedScenario
{
    public const string RecordingHeader = "X-Emulator-Recording";
    public const string ScenarioHeader = "X-Emulator-Scenario";

    /// <exception cref="OllamaRefusal">The directives cannot be read, or there is no such recording.</exception>
    public static Scenario? OfModel(string model) =>
        ModelCatalog.RecordingOf(model) is { } recording ? Recorded(recording)
        : ModelCatalog.ScriptOf(model) is { } directives ? Parsed(directives)
        : null;

    /// <exception cref="OllamaRefusal">The directives cannot be read, or there is no such recording.</exception>
    public static Scenario? OfHeaders(RecordedRequest request) =>
        request.Headers.TryGetValue(RecordingHeader, out var recording) ? Recorded(recording)
        : request.Headers.TryGetValue(ScenarioHeader, out var directives) ? Parsed(directives)
        : null;

    private static Scenario Recorded(string name) => Recording.Find(name) is { } recording
        ? new Scenario { Answer = new RecordedAnswer(recording) }
        : throw new OllamaRefusal(404, $"emulator: there is no recording '{name}'");

    private static Scenario Parsed(string directives)
    {
        try
        {
            return Scenario.Parse(directives);
        }
        catch (Exception e) when (e is FormatException or OverflowException)
        {
            throw new OllamaRefusal(400, $"emulator: {e.Message}");
        }
    }
}
