using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// Does Ollama stop when a client disconnects behind a proxy? Some proxies do not notice, and the GPU generates an answer that nobody
/// reads to its end. It works in the same way as <see cref="CancellationCheck"/>, which must have succeeded.
/// </summary>
internal sealed class HangUpCheck : IDiagnosis
{
    public string Name => "hang-up";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Needs Needs =>
        Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation | Needs.WarmModel | Needs.Gateway | Needs.Key;

    public Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken) => context.GatewayIsGiven
        ? CancellationCheck.RunAsync(context, AbandonAsync, Judge, cancellationToken)
        : Task.FromResult(Finding.Skipped("--url names no proxy"));

    /// <inheritdoc cref="CancellationCheck.Judge"/>
    internal static Finding Judge(string model, TimeSpan rest, TimeSpan patience, TimeSpan? next) => next switch
    {
        null => new Finding(
            Severity.Warning,
            "Ollama goes on generating after a caller of this URL has left.",
            $"After a hang-up at the URL, {model} did not answer the next request within {Figures.Of(patience)}.",
            "If the check cancellation is well, a proxy does not notice that callers leave: docs/operations.md says what to set."),
        { } time when time < rest / 4 => new Finding(
            Severity.Ok, "Ollama stops generating when a caller of this URL leaves.",
            $"After a hang-up at the URL, {model} answered the next request after {Figures.Of(time)}; the abandoned answer had about {Figures.Of(rest)} to go."),
        { } time => Finding.Unknown(
            $"after a hang-up at the URL, the next answer took {Figures.Of(time)}, and the abandoned one had about {Figures.Of(rest)} to go"),
    };

    private static Task<IReadOnlyList<TimeSpan>> AbandonAsync(
        DiagnosisContext context, string model, CancellationToken cancellationToken) =>
        new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock).AbandonAsync(
            model, CancellationCheck.LongAnswer, CancellationCheck.HeardPieces, context.Settings.ApiKey, cancellationToken);
}
