namespace LlamaGate.Domain.Scheduling;

/// <summary>Compares times, also those that may be missing.</summary>
internal static class Times
{
    public static TimeSpan Later(TimeSpan one, TimeSpan other) => one > other ? one : other;

    /// <returns>Null when all are missing.</returns>
    public static TimeSpan? Earliest(params ReadOnlySpan<TimeSpan?> times)
    {
        TimeSpan? earliest = null;
        foreach (var time in times)
        {
            earliest = earliest is null || time < earliest ? time ?? earliest : earliest;
        }

        return earliest;
    }
}
