using System.Net;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Tests.Report;

public sealed class BuildComparisonTests
{
    private static readonly Figure Cpu = new("cpu", "CPU µs/request", 1, Compare.Yarps);

    /// <summary>The second round ran on a machine half as fast: compared round by round, the change is 10 % in both.
    /// </summary>
    [Fact]
    public void Of_TwoBuilds_ComparesThemWithYarpAndWithEachOther() => Assert.Equal(
        """
        ### CPU ÷ YARP, build by build

        |  | figure | Before | After | After ÷ Before | A/A spread |
        | --- | --- | ---: | ---: | ---: | ---: |
        | plain | CPU µs/request | 2.00 | 2.20 | 1.100 | 0.0 % |

        """,
        BuildComparison.Of([Measured(("Before", [80, 160]), ("After", [88, 176]))]));

    [Fact]
    public void Of_OneBuild_IsEmpty() => Assert.Empty(BuildComparison.Of([Measured(("LlamaGate", [80, 160]))]));

    [Fact]
    public void Of_BothFormsOfYarp_HasARatioToEach()
    {
        var report = Measured(("ours", [80, 160]));
        Add(report, "yarp-inline", ServerKind.YarpInline, 32, 64);
        Add(report, "ours (cache off)", ServerKind.GatewayCacheOff, 60, 120);

        var table = MarkdownReport.Of(report, [new("plain", "cpu", "yarp") { AtMost = 2 }]);

        Assert.Contains("|  | CPU µs/request | × YARP | × YARP inline |", table, StringComparison.Ordinal);
        Assert.Contains("| ours | 120.0 | 2.00 | 2.50 |", table, StringComparison.Ordinal);
        Assert.Contains("| ours (cache off) | 90.0 | 1.50 | 1.88 |", table, StringComparison.Ordinal);
        Assert.Contains("| target |  | floor | ours |\n", table, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_ForTheReadme_QuoteTheDefaultAndNameTheOther()
    {
        var report = Measured(("ours", [80, 160]));
        Add(report, "yarp-inline", ServerKind.YarpInline, 32, 64);
        Add(report, "ours (cache off)", ServerKind.GatewayCacheOff, 60, 120);
        var run = new RunReport(default, "quick", "abc", "cpu", "linux", "10") { Scenarios = [report] };

        Assert.Equal(
            "- A plain request of 200 B costs 120 µs of CPU in the default configuration, 2.00 × a YARP pass-through on the "
            + "same machine and 2.50 × one with the gateway's socket switch.\n"
            + "- With CACHE_ENABLED=false it costs 90 µs, 1.50 × a YARP pass-through on the same machine and 1.88 × one with "
            + "the gateway's socket switch.",
            PerformanceDocuments.Lines(run));
    }

    private static ScenarioReport Measured(params (string Label, double[] Rounds)[] builds)
    {
        var report = new ScenarioReport("plain", "Plain");
        Add(report, "yarp", ServerKind.Yarp, 40, 80);
        Add(report, "yarp-again", ServerKind.Yarp, 40, 80);
        Array.ForEach(builds, build => Add(report, build.Label, ServerKind.Gateway, build.Rounds));
        return report;
    }

    private static void Add(ScenarioReport report, string label, ServerKind kind, params double[] rounds)
    {
        var server = new Server(label, kind, new IPEndPoint(IPAddress.Loopback, 1), process: null, probe: null);
        Array.ForEach(rounds, cpu => report.Add(Cpu, server, cpu));
    }
}
