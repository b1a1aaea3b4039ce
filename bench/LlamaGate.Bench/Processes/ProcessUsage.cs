using System.ComponentModel;
using System.Globalization;
using System.Runtime.InteropServices;

namespace LlamaGate.Bench.Processes;

/// <summary>What a process has used, as the kernel tells it.</summary>
internal static partial class ProcessUsage
{
    /// <summary>CLOCK_PROCESS_CPUTIME_ID of any process is its inverted id, shifted, with the scheduler's clock.</summary>
    private const int SchedulerClock = 2;

    /// <summary>
    /// CPU time of all threads in nanoseconds, those that have ended included: not so the sum over /proc/PID/task.
    /// </summary>
    public static long CpuNanoseconds(int pid)
    {
        if (ClockGetTime((~pid << 3) | SchedulerClock, out var time) != 0)
        {
            throw new Win32Exception(Marshal.GetLastPInvokeError(), $"Process {pid} has no CPU clock; has it ended?");
        }

        return (time.Seconds * 1_000_000_000L) + time.Nanoseconds;
    }

    /// <summary>Resident memory in bytes.</summary>
    public static long ResidentBytes(int pid) => Status(pid, "VmRSS:");

    /// <summary>The most that was ever resident.</summary>
    public static long PeakResidentBytes(int pid) => Status(pid, "VmHWM:");

    private static long Status(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        var kilobytes = line[name.Length..].Trim().Split(' ')[0];
        return long.Parse(kilobytes, CultureInfo.InvariantCulture) * 1024;
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int ClockGetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct TimeSpec(long Seconds, long Nanoseconds);
}
