namespace LlamaGate.Api.CommandLine.Doctor.Upstream;

/// <summary>The prompt for measurements: a harmless one with a long answer.</summary>
internal static class TestPrompt
{
    public const string Text = "Count from 1 to 500. Write only the numbers, one per line.";
}
