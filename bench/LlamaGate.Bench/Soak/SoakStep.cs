namespace LlamaGate.Bench.Soak;

/// <summary>One request of the mix, and what may come of it.</summary>
/// <param name="Model">Says what the upstream does.</param>
/// <param name="Stream">Whether a stream is asked for.</param>
/// <param name="Leaves">The client leaves in the midst of it.</param>
/// <param name="Fails">The upstream fails, and the gateway has to say so.</param>
internal sealed record SoakStep(string Model, bool Stream, bool Leaves, bool Fails)
{
    private const double StreamShare = 0.3;
    private const double LeavingShare = 0.10;
    private const double FaultShare = 0.02;

    private static readonly string[] PlainFaults =
        ["emu:status-500", "emu:busy", "emu:fail-reset", "emu:fail-silent", "emu:fail-garbage", "emu:fail-error"];

    private static readonly string[] StreamFaults =
    [
        "emu:status-500", "emu:busy", "emu:fail-reset_at-2", "emu:fail-silent", "emu:fail-garbage_at-2", "emu:fail-error_at-2",
    ];

    /// <summary>The next of a mix that is the same in every run.</summary>
    public static SoakStep Next(Random random)
    {
        var stream = random.NextDouble() < StreamShare;
        var kind = random.NextDouble();
        if (kind < FaultShare)
        {
            var faults = stream ? StreamFaults : PlainFaults;
            return new SoakStep(faults[random.Next(faults.Length)], stream, Leaves: false, Fails: true);
        }

        var leaves = kind < FaultShare + LeavingShare;
        var model = (stream, leaves) switch
        {
            (true, _) => "bench:paced-20_gap-10ms",
            (false, true) => "bench:plain-20_first-1000ms",
            (false, false) => "bench:plain-20",
        };
        return new SoakStep(model, stream, leaves, Fails: false);
    }

    /// <summary>Null when the answer is what it has to be, else what is wrong with it.</summary>
    public string? Complaint(int status, string body)
    {
        var isDone = body.Contains("data: [DONE]", StringComparison.Ordinal);
        var isError = body.Contains("\"error\":{", StringComparison.Ordinal);
        return (Fails, Stream, status) switch
        {
            (_, _, 500) => "a 500",
            (true, _, 502 or 503 or 504) => isError ? null : "an error without an envelope",
            (true, true, 200) => isError && !isDone ? null : "a broken stream that does not say so",
            (true, _, _) => $"status {status} for a fault ({Model})",
            (false, true, 200) => isDone && !isError ? null : "a stream that is not whole",
            (false, false, 200) => body.Contains("\"finish_reason\":\"stop\"", StringComparison.Ordinal) ? null : "half an answer",
            _ => $"status {status} without a fault",
        };
    }
}
