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
        : Task.FromResult(Finding.Skipped("--url was not given"));

    /// <inheritdoc cref="CancellationCheck.Judge"/>
    internal static Finding Judge(string model, TimeSpan rest, TimeSpan patience, TimeSpan? next) => next switch
    {
        null => new Finding(
            Severity.Warning,
            "Ollama continues to generate after a client of this URL has disconnected.",
            $"After a client of the URL disconnected, {model} did not answer the next request within {Figures.Of(patience)}.",
            "If the check cancellation passes, a proxy does not notice that clients disconnect: docs/operations.md says what to set."),
        { } time when time < rest / 4 => new Finding(
            Severity.Ok, "Ollama stops generating when a client of this URL disconnects.",
            $"After a client of the URL disconnected, {model} answered the next request after {Figures.Of(time)}; the abandoned answer needed about {Figures.Of(rest)} more."),
        { } time => Finding.Unknown(
            $"after a client of the URL disconnected, the next answer took {Figures.Of(time)}, and the abandoned one needed about {Figures.Of(rest)} more"),
    };

    private static Task<IReadOnlyList<TimeSpan>> AbandonAsync(
        DiagnosisContext context, string model, CancellationToken cancellationToken) =>
        new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock).AbandonAsync(
            model, CancellationCheck.LongAnswer, CancellationCheck.HeardPieces, context.Settings.ApiKey, cancellationToken);
}
