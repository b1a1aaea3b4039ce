using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>Do the machines agree on the time? Otherwise logs cannot be compared, and certificates seem out of date.</summary>
internal sealed class ClockCheck : IDiagnosis
{
    /// <summary>The header has a resolution of one second, and the answer took a while.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(30);

    public string Name => "clock";

    public TimeSpan Limit => TimeSpan.FromSeconds(10);

    public Needs Needs => Needs.Configuration | Needs.Ollama;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var ollama = await context.Ollama.GetTimeAsync(cancellationToken) - context.Clock.GetUtcNow();
        var gateway = context.GatewayAnswers
            ? await new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock).GetTimeAsync(cancellationToken)
                - context.Clock.GetUtcNow()
            : null;
        List<string> off = [];
        Compare("Ollama", ollama, off);
        Compare("The gateway", gateway, off);
        return off switch
        {
            { Count: > 0 } => new Finding(
                Severity.Warning, "The clocks do not agree.", string.Join('\n', off), "Synchronize the clocks of all machines with NTP."),
            _ when ollama is null && gateway is null => Finding.Unknown("no answer contains the time"),
            _ => new Finding(Severity.Ok, "The clocks agree."),
        };
    }

    private static void Compare(string who, TimeSpan? ahead, List<string> off)
    {
        if (ahead is { } difference && difference.Duration() > Tolerance)
        {
            off.Add($"{who} is {Figures.Of(difference.Duration())} {(difference > TimeSpan.Zero ? "ahead of" : "behind")} this machine.");
        }
    }
}
