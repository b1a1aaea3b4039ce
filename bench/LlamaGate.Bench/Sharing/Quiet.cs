using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Sharing;

/// <summary>Waits until a process has done what there was to do.</summary>
internal static class Quiet
{
    private const int Rounds = 40;
    private const long BusyNanoseconds = 10_000_000;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Until it uses less than 10 ms of CPU in 250 ms, or 10 s have passed.</summary>
    public static async Task WaitAsync(int process, CancellationToken cancellationToken)
    {
        var before = ProcessUsage.CpuNanoseconds(process);
        for (var round = 0; round < Rounds; round++)
        {
            await Task.Delay(Interval, cancellationToken);
            var now = ProcessUsage.CpuNanoseconds(process);
            if (now - before < BusyNanoseconds)
            {
                return;
            }

            before = now;
        }
    }
}
