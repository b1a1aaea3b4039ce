using LlamaGate.Bench.Scenarios;

namespace LlamaGate.Bench.Tests;

public sealed class BenchOptionsTests
{
    [Fact]
    public void Parse_Gateways_MayBeSeveral()
    {
        var options = BenchOptions.Parse(["--gateway", "before=/a", "--gateway", "after=/b=c", "--quick"]);

        Assert.Equal("before after", string.Join(' ', options.Gateways.Select(gateway => gateway.Label)));
        Assert.Equal("/a /b=c", string.Join(' ', options.Gateways.Select(gateway => gateway.Path)));
        Assert.True(options.Quick);
    }

    [Theory]
    [InlineData("--gateway", "/only/a/path")]
    [InlineData("--seconds", "soon")]
    [InlineData("--seconds", "0")]
    [InlineData("--unknown")]
    [InlineData("--only")]
    public void Parse_WhatCannotBeRead_Throws(params string[] args) =>
        Assert.Throws<FormatException>(() => BenchOptions.Parse(args));

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("constant-500", "constant-500")]
    [InlineData("constant", "constant-200 constant-500 constant-1000")]
    [InlineData("flood,plain", "plain flood")]
    [InlineData("nothing", "")]
    public void Chosen_ByName_IsThatOrAllOfItsSizes(string only, string expected) => Assert.Equal(
        expected, string.Join(' ', AllScenarios.Chosen(BenchOptions.Parse(["--only", only])).Select(scenario => scenario.Name)));

    [Fact]
    public void Chosen_ForAQuickRun_IsLessThanAll() => Assert.True(
        AllScenarios.Chosen(BenchOptions.Parse(["--quick"])).Count() < AllScenarios.Chosen(BenchOptions.Parse([])).Count());

    [Fact]
    public void Of_EachRound_BeginsWithAnother()
    {
        Assert.Equal([1, 2, 3], Rotation.Of([1, 2, 3], 0));
        Assert.Equal([2, 3, 1], Rotation.Of([1, 2, 3], 4));
    }
}
