using System.ComponentModel;
using LlamaGate.Bench.Processes;

namespace LlamaGate.Bench.Tests;

public sealed class ProcessUsageTests
{
    /// <summary>Work of a thread that is gone by the time of the second look counts as well.</summary>
    [Fact]
    public void CpuNanoseconds_AfterWorkOfAThreadThatEnded_HasGrownByIt()
    {
        var own = 0L;
        var before = ProcessUsage.CpuNanoseconds(Environment.ProcessId);
        var worker = new Thread(() =>
        {
            var begin = Environment.CpuUsage.TotalTime;
            while ((Environment.CpuUsage.TotalTime - begin).TotalMilliseconds < 30)
            {
                own++;
            }
        });
        worker.Start();
        worker.Join();

        Assert.True(ProcessUsage.CpuNanoseconds(Environment.ProcessId) - before >= 25_000_000, $"after {own} turns");
    }

    [Fact]
    public void CpuNanoseconds_OfNoProcess_Throws() =>
        Assert.Throws<Win32Exception>(() => ProcessUsage.CpuNanoseconds(int.MaxValue >> 4));

    [Fact]
    public void ResidentBytes_OfThisProcess_AreThere() =>
        Assert.InRange(ProcessUsage.ResidentBytes(Environment.ProcessId), 10_000_000, 100_000_000_000);
}
