namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>The file's unit of time.</summary>
internal static class Microseconds
{
    public static long Of(TimeSpan time) => time.Ticks / TimeSpan.TicksPerMicrosecond;

    public static TimeSpan ToTime(long value) => new(value * TimeSpan.TicksPerMicrosecond);
}
