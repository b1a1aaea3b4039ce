using LlamaGate.Bench.Report;
using LlamaGate.Bench.Scenarios;

namespace LlamaGate.Bench.Tests.Report;

/// <summary>bench/targets.json names scenarios by their names: one that is renamed must not lose its targets unseen.</summary>
public sealed class TargetsFileTests
{
    [Fact]
    public async Task Targets_All_NameAScenarioAndOneBound()
    {
        var targets = await Targets.ReadAsync(Path.Combine(Root(), "bench/targets.json"), CancellationToken.None);
        var scenarios = AllScenarios.Chosen(new BenchOptions()).Select(scenario => scenario.Name).ToHashSet(StringComparer.Ordinal);

        Assert.NotEmpty(targets);
        Assert.All(targets, target =>
        {
            Assert.Contains(target.Scenario, scenarios);
            Assert.True(target.AtMost is null != target.AtLeast is null, $"{target} needs one bound.");
            Assert.True(target.Versus is null or "yarp", $"{target} is compared with YARP or with nothing.");
        });
    }

    private static string Root()
    {
        var directory = new DirectoryInfo(AppContext.BaseDirectory);
        while (directory is not null && !File.Exists(Path.Combine(directory.FullName, "LlamaGate.sln")))
        {
            directory = directory.Parent;
        }

        return directory?.FullName ?? throw new InvalidOperationException("LlamaGate.sln is in none of the directories above.");
    }
}
