using System.Net;
using LlamaGate.Bench.Report;
using LlamaGate.Bench.Servers;

namespace LlamaGate.Bench.Tests.Report;

public sealed class ReportTests
{
    private static readonly Figure Cpu = new("cpu", "CPU µs/request");
    private static readonly Figure PerSecond = new("rps", "requests/s", 0, Compare.Both);

    private static readonly Target[] Targets =
    [
        new("plain", "cpu", "yarp") { AtMost = 1.25, Floor = 1.5, Gate = true },
        new("plain", "rps") { AtLeast = 3000 },
        new("other", "cpu") { AtMost = 1 },
    ];

    [Fact]
    public void Of_AScenario_IsATableWithRatiosSpreadAndVerdicts() => Assert.Equal(
        """
        ### Plain

        |  | requests/s | × direct | × YARP | CPU µs/request | × YARP |
        | --- | ---: | ---: | ---: | ---: | ---: |
        | direct | 20,000 | 1.00 | 2.22 | – | – |
        | yarp | 10,000 | 0.50 | 1.11 | 90.0 | 0.95 |
        | yarp-again | 8,000 | 0.40 | 0.89 | 100.0 | 1.05 |
        | ours | 4,000 | 0.20 | 0.44 | 130.0 | 1.37 |
        | *A/A spread* | 22.2 % |  |  | 10.5 % |  |

        | target |  | floor | ours |
        | --- | --- | --- | --- |
        | CPU µs/request | ≤ 1.25 × YARP | 1.50 | 1.37 ×: floor only |
        | requests/s | ≥ 3,000 | – | 4,000: met |

        """,
        MarkdownReport.Of(Measured(), Targets));

    [Fact]
    public void Of_AScenarioWithAFault_SaysIt()
    {
        var report = Measured();
        report.Faults.Add("ours: 3 refused");

        Assert.EndsWith("\n**Fault:** ours: 3 refused\n", MarkdownReport.Of(report, []), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1.25, "met")]
    [InlineData(1.26, "floor only")]
    [InlineData(1.51, "MISSED")]
    [InlineData(double.NaN, "not measured")]
    public void Judge_AValue_SaysWhereItStands(double value, string verdict) => Assert.Equal(verdict, Targets[0].Judge(value));

    [Fact]
    public void Judge_WhatIsReportedOnly_IsNotGated() => Assert.Equal("missed (not gated)", Targets[1].Judge(2999));

    [Fact]
    public async Task WriteAsync_ARun_IsReadAgainAsItWas()
    {
        var file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        var run = new RunReport(new DateTimeOffset(2026, 11, 24, 1, 2, 3, TimeSpan.Zero), "quick", "abc", "cpu", "linux", "10")
        {
            Scenarios = [Measured()],
        };
        try
        {
            await run.WriteAsync(file, CancellationToken.None);
            var again = await RunReport.ReadAsync(file, CancellationToken.None);

            Assert.Equal(PerformanceDocuments.Tables(run, Targets), PerformanceDocuments.Tables(again, Targets));
            Assert.Contains("| ours | 4,000 |", PerformanceDocuments.Tables(again, Targets), StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Lines_ForTheReadme_QuoteOnlyWhatWasMeasured()
    {
        var run = new RunReport(default, "quick", "abc", "cpu", "linux", "10") { Scenarios = [Measured()] };

        Assert.Equal(
            "- A plain request of 200 B costs 130 µs of CPU in the default configuration, 1.37 × a YARP pass-through on the same "
            + "machine.",
            PerformanceDocuments.Lines(run));
    }

    [Fact]
    public void Replace_BetweenMarkers_LeavesTheRest()
    {
        const string document = "a\n<!-- bench: begin -->\nold\n<!-- bench: end -->\nz\n";

        var once = DocumentPart.Replace(document, "new\n");

        Assert.Equal("a\n<!-- bench: begin -->\n\nnew\n\n<!-- bench: end -->\nz\n", once);
        Assert.Equal(once, DocumentPart.Replace(once, "new"));
        Assert.Throws<InvalidDataException>(() => DocumentPart.Replace("no markers", "new"));
    }

    private static ScenarioReport Measured()
    {
        var report = new ScenarioReport("plain", "Plain");
        Add("direct", ServerKind.Direct, 20_000, double.NaN);
        Add("yarp", ServerKind.Yarp, 10_000, 90);
        Add("yarp-again", ServerKind.Yarp, 8_000, 100);
        Add("ours", ServerKind.Gateway, 4_000, 130);
        return report;

        void Add(string label, ServerKind kind, double perSecond, double cpu)
        {
            var server = new Server(label, kind, new IPEndPoint(IPAddress.Loopback, 1), process: null, probe: null);
            report.Add(PerSecond, server, perSecond);
            report.Add(Cpu, server, cpu);
        }
    }
}
