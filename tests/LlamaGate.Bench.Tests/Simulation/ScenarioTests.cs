using LlamaGate.Simulation;
using LlamaGate.Simulation.Report;
using LlamaGate.Simulation.Scenarios;

namespace LlamaGate.Bench.Tests.Simulation;

/// <summary>After a change of the scheduler: look at the figures, then run the simulation with <c>--write-docs</c>.</summary>
public sealed class ScenarioTests
{
    public static TheoryData<string> Names => [.. AllScenarios.Create().Select(scenario => scenario.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_Scenario_MeetsItsTargetsAndIsInTheDocument(string name)
    {
        var scenario = AllScenarios.Create().Single(scenario => scenario.Name == name);
        var report = scenario.Run(SimulationOptions.DefaultRepetitions);

        // How long the machine took says nothing while other tests run.
        var figures = report.Figures.Where(figure => !figure.IsMeasured).ToList();
        Assert.Empty(figures.Where(figure => !figure.IsMet).Select(figure => $"{figure.Name}: {figure.Value}, not {figure.Target}"));
        Assert.Equal(await ReadAsync(Path.Combine(SchedulingDocument.PicturesIn(Repository.Root), $"{name}.svg")), report.Svg);
        var table = SchedulingDocument.TableOf(await ReadAsync(SchedulingDocument.PathIn(Repository.Root))).Split('\n');
        Assert.Empty(MarkdownTable.Of([report with { Figures = figures }]).Split('\n').Except(table, StringComparer.Ordinal));
    }

    [Fact]
    public void Run_Twice_GivesTheSame()
    {
        var scenario = new TwoModels();
        var (one, other) = (scenario.Run(repetitions: 1), scenario.Run(repetitions: 1));

        Assert.Equal(one.Figures, other.Figures);
        Assert.Equal(one.Svg, other.Svg);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Picture_OfEachScenario_IsInTheDocumentAndSmall(string name)
    {
        var document = await ReadAsync(SchedulingDocument.PathIn(Repository.Root));
        var picture = new FileInfo(Path.Combine(SchedulingDocument.PicturesIn(Repository.Root), $"{name}.svg"));

        Assert.Contains($"](images/scheduling/{name}.svg)", document, StringComparison.Ordinal);
        Assert.InRange(picture.Length, 1000, 40_000);
    }

    /// <summary>A checkout on Windows may have other line ends.</summary>
    private static async Task<string> ReadAsync(string path) =>
        (await File.ReadAllTextAsync(path)).ReplaceLineEndings("\n");
}
