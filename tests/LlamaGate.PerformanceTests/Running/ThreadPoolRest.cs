using System.Diagnostics;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>
/// Waits until the gateway has nothing more to do. Whether a task has to wait decides whether it allocates; with the other side always
/// waiting for the gateway, and never the other way round, every exchange takes the same way, however busy the machine is.
/// </summary>
internal static class ThreadPoolRest
{
    public static void Await()
    {
        var started = Stopwatch.GetTimestamp();
        var spin = new SpinWait();
        while (!IsAtRest())
        {
            // Never a sleep of a millisecond, which a long stream would take at each of its lines.
            spin.SpinOnce(sleep1Threshold: -1);
            if (Stopwatch.GetElapsedTime(started) > Wires.LongestWait)
            {
                throw new TimeoutException("The thread pool does not come to rest.");
            }
        }
    }

    private static bool IsAtRest()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return available == most && ThreadPool.PendingWorkItemCount == 0;
    }
}
