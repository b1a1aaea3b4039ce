using LlamaGate.Simulation;

namespace LlamaGate.Bench.Tests.Simulation;

public sealed class SimulationOptionsTests
{
    [Fact]
    public void Parse_AllOptions_AreRead()
    {
        var options = SimulationOptions.Parse(["--scenario", "flood", "--svg", "out", "--repetitions", "20"]);

        Assert.Equal(new SimulationOptions { Scenario = "flood", Svg = "out", Repetitions = 20 }, options);
    }

    [Theory]
    [InlineData("--nonsense")]
    [InlineData("--scenario")]
    [InlineData("--repetitions", "0")]
    [InlineData("--write-docs", ".", "--scenario", "flood")]
    [InlineData("--write-docs", ".", "--repetitions", "1")]
    public void Parse_UnknownOrIncomplete_IsRefused(params string[] args) =>
        Assert.Throws<FormatException>(() => SimulationOptions.Parse(args));
}
