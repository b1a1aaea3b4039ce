using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// Does Ollama process two requests concurrently? Its API does not expose OLLAMA_NUM_PARALLEL, so the check requests two answers at the
/// same time: either they overlap, or one begins when the other has ended.
/// </summary>
internal sealed class ParallelismCheck : IDiagnosis
{
    private const int Tokens = 48;
    private const int MinPieces = 8;

    /// <summary>Below this, the overhead of the network and of this process is as large as the measured value.</summary>
    private static readonly TimeSpan MinAnswer = TimeSpan.FromMilliseconds(40);

    public string Name => "parallelism";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Needs Needs => Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation | Needs.WarmModel;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var name = context.Model?.Name ?? "";
        var answers = await Task.WhenAll(
            AskAsync(context.Ollama, name, cancellationToken), AskAsync(context.Ollama, name, cancellationToken));
        context.IsParallel = Judge(answers[0], answers[1]);
        return context.IsParallel switch
        {
            true => new Finding(Severity.Ok, $"Ollama works on two requests to {name} at once."),
            false => new Finding(
                Severity.Info,
                $"Ollama works on one request to {name} at a time.",
                "Other requests wait; the gateway sends keep-alive comments in their streams.",
                "To allow more, set OLLAMA_NUM_PARALLEL in Ollama's own environment. Each needs memory for a context."),
            null => Finding.Unknown($"{name} answered too briefly to see whether two answers overlap"),
        };
    }

    /// <summary>Null when the answers are too short to tell.</summary>
    internal static bool? Judge(AnswerSpan one, AnswerSpan other)
    {
        var shorter = one.Duration < other.Duration ? one : other;
        if (shorter.Duration < MinAnswer || Math.Min(one.Pieces, other.Pieces) < MinPieces)
        {
            return null;
        }

        var overlap = Earlier(one.End, other.End) - Later(one.Begin, other.Begin);
        return overlap > shorter.Duration / 2 ? true
            : overlap < shorter.Duration / 4 ? false
            : null;
    }

    private static async Task<AnswerSpan> AskAsync(OllamaProbe ollama, string model, CancellationToken cancellationToken)
    {
        using var generation = await ollama.GenerateAsync(model, Tokens, cancellationToken);
        await generation.ReadToEndAsync(cancellationToken);
        var end = generation.Ended.GetValueOrDefault();
        return new AnswerSpan(generation.Arrivals is [var first, ..] ? first : end, end, generation.Arrivals.Count);
    }

    private static TimeSpan Earlier(TimeSpan a, TimeSpan b) => a < b ? a : b;

    private static TimeSpan Later(TimeSpan a, TimeSpan b) => a > b ? a : b;
}

/// <summary>From an answer's first piece to its last line, counted from the request. Both requests are sent at once.</summary>
internal sealed record AnswerSpan(TimeSpan Begin, TimeSpan End, int Pieces)
{
    public TimeSpan Duration => End - Begin;
}
