namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Is Ollama new enough for the gateway?</summary>
internal sealed class OllamaVersionCheck : IDiagnosis
{
    /// <summary>The features and the versions that introduced them, the oldest first.</summary>
    private static readonly (Version Since, string Lost)[] Features =
    [
        (new(0, 6, 4), "It does not report the models' capabilities, so unsupported fields are refused late or not at all."),
        (new(0, 12, 6), "It does not support truncate: overlong prompts are shortened silently, whatever CONTEXT_OVERFLOW is."),
        (new(0, 12, 11), "It has no log probabilities: logprobs are empty, and best_of above n fails."),
    ];

    public string Name => "ollama-version";

    public TimeSpan Limit => TimeSpan.FromSeconds(5);

    public bool IsPerHost => true;

    public Needs Needs => Needs.Configuration | Needs.Ollama;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) =>
        Task.FromResult(Judge(context.OllamaVersion ?? ""));

    internal static Finding Judge(string text)
    {
        // Release candidates count as the release, and builds from source report 0.0.0.
        if (!Version.TryParse(text.Split('-', '+')[0], out var version) || version == new Version(0, 0, 0))
        {
            return Finding.Unknown($"Ollama reports the version \"{text}\"");
        }

        var lost = Features.Where(feature => version < feature.Since).Select(feature => feature.Lost).ToList();
        return lost.Count == 0
            ? new Finding(Severity.Ok, $"Ollama is version {text}.")
            : new Finding(
                Severity.Warning,
                $"Ollama {text} is too old for some features of the gateway.",
                string.Join('\n', lost),
                $"Update Ollama to {Features[^1].Since} or newer.");
    }
}
