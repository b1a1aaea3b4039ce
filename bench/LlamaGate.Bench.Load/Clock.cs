using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LlamaGate.Bench.Load;

/// <summary>The machine's monotonic clock in nanoseconds: the upstream, another process, reads the same.</summary>
public static partial class Clock
{
    private const int Monotonic = 1;
    private const int Absolute = 1;

    public static long Now => Stopwatch.GetTimestamp();

    public static long Nanoseconds(TimeSpan time) => (long)time.TotalNanoseconds;

    /// <summary>
    /// Sleeps to within some 50 µs: .NET's own timers know whole milliseconds only, and a busy wait would take the core
    /// from the upstream.
    /// </summary>
    public static void SleepUntil(long due)
    {
        var time = new TimeSpec(due / 1_000_000_000, due % 1_000_000_000);
        while (ClockNanosleep(Monotonic, Absolute, in time, 0) != 0 && Now < due)
        {
            // Woken by a signal: sleep on.
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_nanosleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockNanosleep(int clock, int flags, in TimeSpec time, nint remaining);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
