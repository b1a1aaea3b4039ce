namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// Does Ollama stop when the client disconnects? The check abandons a long answer, then sends the same model another request. If
/// Ollama processes one request at a time, an answer at the usual speed proves that the first was cancelled, and one that
/// does not arrive proves the opposite. If it processes several, nothing is proven, and the check says so.
/// </summary>
internal sealed class CancellationCheck : IDiagnosis
{
    /// <summary>Tokens of the answer that will be abandoned.</summary>
    public const int LongAnswer = 512;

    /// <summary>Number of pieces after which it is abandoned.</summary>
    public const int HeardPieces = 8;

    private static readonly TimeSpan MinRest = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(20);

    public string Name => "cancellation";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Needs Needs => Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation | Needs.WarmModel;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) =>
        RunAsync(context, AbandonAsync, Judge, cancellationToken);

    /// <summary>Abandons an answer in the given way and judges by the next one, which is requested from Ollama directly.</summary>
    /// <param name="context">The results so far.</param>
    /// <param name="abandon">Starts a long answer, disconnects, and returns when its pieces arrived.</param>
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
                    : "the check could not determine whether Ollama works on one request at a time",
                "Watch the GPU's load while a client disconnects.");
        }

        var warm = context.WarmFirstToken.GetValueOrDefault();
        var name = context.Model?.Name ?? "";
        var rest = RestOf(await abandon(context, name, cancellationToken));
        if (rest < MinRest || rest / 4 < warm * 2)
        {
            return Finding.Unknown($"{name} is too fast, or its answers are too short, to measure whether one is stopped");
        }

        var patience = rest / 2 < MaxWait ? rest / 2 : MaxWait;
        return judge(name, rest, patience, await AskAsync(context, name, patience, cancellationToken));
    }

    /// <param name="rest">How long the abandoned answer would have continued.</param>
    /// <param name="patience">How long the check waited for the next answer.</param>
    /// <param name="next">When its first token arrived; null: not within that time.</param>
    internal static Finding Judge(string model, TimeSpan rest, TimeSpan patience, TimeSpan? next) => next switch
    {
        null => new Finding(
            Severity.Warning,
            "Ollama continues to generate after its client has disconnected.",
            $"After a client disconnected, {model} did not answer the next request within {Figures.Of(patience)}. If others used it meanwhile, that can be the reason.",
            "Update Ollama. Until then abandoned requests keep the GPU busy; clients should set max_tokens."),
        { } time when time < rest / 4 => new Finding(
            Severity.Ok, "Ollama stops generating when its client disconnects.",
            $"After a client disconnected, {model} answered the next request after {Figures.Of(time)}; the abandoned answer needed about {Figures.Of(rest)} more."),
        { } time => Finding.Unknown(
            $"after a client disconnected, the next answer took {Figures.Of(time)}, and the abandoned one needed about {Figures.Of(rest)} more"),
    };

    private static async Task<IReadOnlyList<TimeSpan>> AbandonAsync(
        DiagnosisContext context, string model, CancellationToken cancellationToken)
    {
        using var generation = await context.Ollama.GenerateAsync(model, LongAnswer, cancellationToken);
        while (generation.Arrivals.Count < HeardPieces && await generation.ReadAsync(cancellationToken))
        {
            // Reading a piece records its time.
        }

        return generation.Arrivals;
    }

    /// <summary>How long the answer would have continued at the pace of its first pieces; zero when it ended by itself.</summary>
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
