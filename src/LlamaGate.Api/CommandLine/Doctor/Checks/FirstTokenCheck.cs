using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Time to first token: once in the current state, which may include loading the model, and once when it is loaded.</summary>
internal sealed class FirstTokenCheck : IDiagnosis
{
    private const int Tokens = 8;
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(5);

    public string Name => "first-token";

    public TimeSpan Limit => TimeSpan.FromMinutes(2);

    public Needs Needs => Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var name = context.Model?.Name ?? "";
        try
        {
            var first = await AskAsync(context.Ollama, name, cancellationToken);
            var second = await AskAsync(context.Ollama, name, cancellationToken);
            if (first.Token is not { } cold || second.Token is not { } warm)
            {
                return Finding.Unknown($"{name} ended its answer without a token");
            }

            context.WarmFirstToken = warm;
            return Judge(name, cold, first.Load, warm);
        }
        catch (UnexpectedAnswerException exception)
        {
            return new Finding(Severity.Error, $"{name} does not answer.", $"{exception.Message}.", "Read Ollama's log.");
        }
    }

    internal static Finding Judge(string model, TimeSpan cold, TimeSpan load, TimeSpan warm)
    {
        var detail = $"Cold: {Figures.Of(cold)}, of which loading took {Figures.Of(load)}.";
        return warm < Slow
            ? new Finding(Severity.Ok, $"{model}, when loaded, sends its first token after {Figures.Of(warm)}.", detail)
            : new Finding(
                Severity.Warning, $"{model}, when loaded, sends its first token only after {Figures.Of(warm)}.", detail,
                "Ollama may be busy, or the model too large for the GPU: check PROCESSOR in the output of \"ollama ps\".");
    }

    private static async Task<(TimeSpan? Token, TimeSpan Load)> AskAsync(
        OllamaProbe ollama, string model, CancellationToken cancellationToken)
    {
        using var generation = await ollama.GenerateAsync(model, Tokens, cancellationToken);
        await generation.ReadToEndAsync(cancellationToken);
        return (generation.Arrivals is [var first, ..] ? first : null, generation.LoadTime);
    }
}
