using LlamaGate.Bench.Sharing;

namespace LlamaGate.Bench.Tests.Sharing;

public sealed class SharingReportTests
{
    [Fact]
    public void Table_OfBothSides_HasOneRowWithRatioAndVerdict()
    {
        var report = new SharingReport();
        report.Add("switch", "loads", isGateway: false, 40, Goal.RatioAtMost(0.25));
        report.Add("switch", "loads", isGateway: true, 10, Goal.RatioAtMost(0.25));
        report.Add("busy", "slots busy, %", isGateway: true, 97.5, Goal.AtLeast(98));
        report.Add("busy", "elapsed, s", isGateway: true, null, goal: null);

        Assert.Equal(
            """
            | scenario | figure | direct | gateway | gateway ÷ direct | goal | |
            | --- | --- | ---: | ---: | ---: | --- | --- |
            | switch | loads | 40 | 10 | 0.25 | ≤ 0.25 × direct | met |
            | busy | slots busy, % | – | 97.5 | – | ≥ 98 | MISSED |
            """,
            report.Table());
    }

    [Fact]
    public void JsonLines_OfBothSides_HaveOneObjectAFigure()
    {
        var report = new SharingReport();
        report.Add("flood", "p95, s", isGateway: false, 2, Goal.AtMost(2));
        report.Add("flood", "p95, s", isGateway: true, 1, Goal.AtMost(2));

        Assert.Equal(
            """{"scenario":"flood","name":"p95, s","direct":2,"gateway":1,"goal":"≤ 2","ratio":0.5,"isMet":true}""",
            report.JsonLines());
    }

    [Theory]
    [InlineData(10.0, 5.0, true)]
    [InlineData(10.0, 5.1, false)]
    [InlineData(null, 5.0, null)]
    [InlineData(10.0, null, null)]
    [InlineData(10.0, double.NaN, null)]
    public void IsMet_OfARatio_NeedsBothSides(double? direct, double? gateway, bool? expected) =>
        Assert.Equal(expected, Goal.RatioAtMost(0.5).IsMet(direct, gateway));

    [Theory]
    [InlineData(2, true)]
    [InlineData(2.1, false)]
    public void IsMet_OfAMost_NeedsTheGatewayOnly(double gateway, bool expected) =>
        Assert.Equal(expected, Goal.AtMost(2).IsMet(null, gateway));
}
