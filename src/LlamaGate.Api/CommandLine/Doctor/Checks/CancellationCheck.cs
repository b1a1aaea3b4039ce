namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// Does Ollama stop when the caller leaves? A long answer is begun and hung up on; then the same model gets another request. Where
/// Ollama works on one request at a time, an answer that comes as fast as ever proves that the first was stopped, and one that
/// does not come proves the opposite. Where it works on several, nothing is proved, and that is what is said.
/// </summary>
internal sealed class CancellationCheck : IDiagnosis
{
    /// <summary>Tokens of an answer that is begun to be abandoned.</summary>
    public const int LongAnswer = 512;

    /// <summary>Pieces after which it is.</summary>
    public const int HeardPieces = 8;

    private static readonly TimeSpan ShortestRest = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    public string Name => "cancellation";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Needs Needs => Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation | Needs.WarmModel;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) =>
        RunAsync(context, AbandonAsync, Judge, cancellationToken);

    /// <summary>Abandons an answer on some way and judges by the next one, which goes to Ollama itself.</summary>
    /// <param name="context">What is known.</param>
    /// <param name="abandon">Begins a long answer, hangs up, and says when its pieces came.</param>
    /// <param name="judge">Model, rest, patience, next: see <see cref="Judge"/>.</param>
    internal static async Task<Finding> RunAsync(
        DiagnosisContext context,
        Func<DiagnosisContext, string, CancellationToken, Task<IReadOnlyList<TimeSpan>>> abandon,
        Func<string, TimeSpan, TimeSpan, TimeSpan?, Finding> judge,
        CancellationToken cancellationToken)
    {
        if (context.IsParallel is not false)
        {
            return Finding.Unknown(
                context.IsParallel is true
                    ? "Ollama works on several requests at once, so a quick next answer proves nothing"
                    : "it was not seen whether Ollama works on one request at a time",
                "Watch the GPU's load while a client hangs up.");
        }

        var warm = context.WarmFirstToken.GetValueOrDefault();
        var name = context.Model?.Name ?? "";
        var rest = RestOf(await abandon(context, name, cancellationToken));
        if (rest < ShortestRest || rest / 4 < warm * 2)
        {
            return Finding.Unknown($"{name} is too fast, or its answers too short, to see whether one is stopped");
        }

        var patience = rest / 2 < MaxWait ? rest / 2 : MaxWait;
        return judge(name, rest, patience, await AskAsync(context, name, patience, cancellationToken));
    }

    /// <param name="rest">How long the abandoned answer would have gone on.</param>
    /// <param name="patience">How long the next answer was waited for.</param>
    /// <param name="next">When its first token came; null: not within that time.</param>
    internal static Finding Judge(string model, TimeSpan rest, TimeSpan patience, TimeSpan? next) => next switch
    {
        null => new Finding(
            Severity.Warning,
            "Ollama goes on generating after its caller has left.",
            $"After a hang-up, {model} did not answer the next request within {Figures.Of(patience)}. Where others use it meanwhile, that may be the reason.",
            "Update Ollama. Until then abandoned requests keep the GPU busy; clients should set max_tokens."),
        { } time when time < rest / 4 => new Finding(
            Severity.Ok, "Ollama stops generating when its caller leaves.",
            $"After a hang-up, {model} answered the next request after {Figures.Of(time)}; the abandoned answer had about {Figures.Of(rest)} to go."),
        { } time => Finding.Unknown(
            $"after a hang-up, the next answer took {Figures.Of(time)}, and the abandoned one had about {Figures.Of(rest)} to go"),
    };

    private static async Task<IReadOnlyList<TimeSpan>> AbandonAsync(
        DiagnosisContext context, string model, CancellationToken cancellationToken)
    {
        using var generation = await context.Ollama.GenerateAsync(model, LongAnswer, cancellationToken);
        while (generation.Arrivals.Count < HeardPieces && await generation.ReadAsync(cancellationToken))
        {
            // Each piece is noted as it comes.
        }

        return generation.Arrivals;
    }

    /// <summary>How long the answer would have gone on, by the pace of its first pieces; zero when it ended by itself.</summary>
    private static TimeSpan RestOf(IReadOnlyList<TimeSpan> arrivals) => arrivals.Count < HeardPieces
        ? TimeSpan.Zero
        : (arrivals[^1] - arrivals[0]) / (arrivals.Count - 1) * (LongAnswer - arrivals.Count);

    private static async Task<TimeSpan?> AskAsync(
        DiagnosisContext context, string model, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(patience, context.Clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var generation = await context.Ollama.GenerateAsync(model, maxTokens: 1, linked.Token);
            await generation.ReadAsync(linked.Token);
            return generation.Ended ?? generation.Arrivals[0];
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }
}
