namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>What happens at a moment of a recording; nothing but the moment is a look at /api/ps.</summary>
internal sealed record TimelineStep(double AtMs)
{
    /// <summary>Calls sent within this time are one moment: Ollama took them in the order in which it served them.</summary>
    private const double AtOnceMs = 3;

    /// <summary>How long before the broken answers came the runner was killed; the recording does not say.</summary>
    private const double KilledBeforeMs = 5;

    public RecordedCall? Sends { get; init; }

    public string? Leaves { get; init; }

    public string? Kills { get; init; }

    /// <summary>In order. At one moment clients leave first, and calls come last.</summary>
    public static IReadOnlyList<TimelineStep> Of(SchedulerRecording recording) =>
    [
        .. Leaving(recording).Concat(Looks(recording)).Concat(Kill(recording)).Concat(Sent(recording)).OrderBy(step => step.AtMs),
    ];

    private static IEnumerable<TimelineStep> Leaving(SchedulerRecording recording) => recording.Calls
        .Where(call => call.LeftMs is not null)
        .Select(call => new TimelineStep(call.LeftMs.GetValueOrDefault()) { Leaves = call.Id });

    private static IEnumerable<TimelineStep> Looks(SchedulerRecording recording) =>
        recording.Ps.Select(ps => new TimelineStep(ps.AtMs));

    private static IEnumerable<TimelineStep> Kill(SchedulerRecording recording) => recording.Calls
        .Where(call => call.Status is 500)
        .Take(1)
        .Select(call => new TimelineStep(call.EndedMs - KilledBeforeMs) { Kills = "slowa" });

    private static IEnumerable<TimelineStep> Sent(SchedulerRecording recording)
    {
        var first = double.NegativeInfinity;
        foreach (var call in recording.Calls.OrderBy(call => call.SentMs).Select(call => (call, at: Moment(call))).ToArray()
            .OrderBy(sent => sent.at).ThenBy(sent => sent.call.Status is 503).ThenBy(sent => sent.call.FirstByteMs))
        {
            yield return new TimelineStep(call.at) { Sends = call.call };
        }

        double Moment(RecordedCall call) => first = call.SentMs - first <= AtOnceMs ? first : call.SentMs;
    }
}
