using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor.Checks;

/// <summary>
/// Does a stream arrive token by token, or is it buffered on the way? The gateway reports at the end of a stream how long
/// Ollama took to generate it: events that arrived in much less time, or in a few bursts, were buffered.
/// </summary>
internal sealed class StreamingCheck : IDiagnosis
{
    private const int MinEvents = 8;
    private const int EventsOfALump = 5;

    /// <summary>The number of tokens, raised when they arrive too fast to measure.</summary>
    private static readonly int[] Lengths = [48, 400];

    private static readonly TimeSpan MinAnswer = TimeSpan.FromMilliseconds(150);

    public string Name => "streaming";

    public TimeSpan Limit => TimeSpan.FromMinutes(1);

    public Needs Needs =>
        Needs.Configuration | Needs.Ollama | Needs.Model | Needs.Generation | Needs.WarmModel | Needs.Gateway | Needs.Key;

    public async Task<Finding> RunAsync(DiagnosisContext context, CancellationToken cancellationToken)
    {
        var probe = new GatewayProbe(context.GatewayHttp, context.Gateway, context.Clock);
        var finding = Finding.Unknown("no request was sent");
        foreach (var length in Lengths)
        {
            var answer = await probe.StreamAsync(
                context.Model?.Name ?? "", length, context.Settings.ApiKey, cancellationToken);
            finding = Judge(answer);
            if (finding.Severity is not Severity.Info)
            {
                break;
            }
        }

        return finding;
    }

    internal static Finding Judge(StreamedAnswer answer)
    {
        var count = answer.Arrivals.Count;
        if (count < MinEvents || answer.Generating is not { } generating || generating < MinAnswer)
        {
            return Finding.Unknown("the answer was too short, or arrived too fast, to detect buffering");
        }

        var spread = answer.Arrivals[^1] - answer.Arrivals[0];
        var lumps = CountLumps(answer.Arrivals, generating / count / 2);
        return spread < generating / 4 || lumps * EventsOfALump < count
            ? new Finding(
                Severity.Warning,
                "Streams do not arrive token by token: something between here and the gateway holds them back.",
                $"Ollama generated for {Figures.Of(generating)}; the {count} events arrived within {Figures.Of(spread)}, in {lumps} bursts.",
                "Turn off buffering and compression in the proxy: in nginx proxy_buffering off; and gzip off; in Caddy no encode; in Traefik no "
                    + "buffering or compress middleware. docs/operations.md has configurations that work.")
            : new Finding(
                Severity.Ok, "Streams arrive token by token.",
                $"Ollama generated for {Figures.Of(generating)}; the {count} events arrived within {Figures.Of(spread)}.");
    }

    /// <summary>Events closer together than half the usual interval count as one burst.</summary>
    private static int CountLumps(IReadOnlyList<TimeSpan> arrivals, TimeSpan distance) =>
        1 + arrivals.Zip(arrivals.Skip(1)).Count(pair => pair.Second - pair.First > distance);
}
