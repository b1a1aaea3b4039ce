using LlamaGate.Simulation.Report;
using LlamaGate.Simulation.Scenarios;

namespace LlamaGate.Simulation;

/// <summary>Runs the scheduler in fake time and compares what it does with its targets.</summary>
internal static class SimulationProgram
{
    private static async Task<int> Main(string[] args)
    {
        try
        {
            var options = SimulationOptions.Parse(args);
            if (options.Help)
            {
                await Console.Out.WriteLineAsync(SimulationOptions.Usage);
                return 0;
            }

            return await RunAsync(options) ? 0 : 1;
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync($"{e.Message}\n{SimulationOptions.Usage}");
            return 2;
        }
    }

    /// <returns>Whether all targets are met.</returns>
    private static async Task<bool> RunAsync(SimulationOptions options)
    {
        var scenarios = AllScenarios.Create().Where(scenario => options.Scenario is null || scenario.Name == options.Scenario).ToList();
        if (scenarios.Count == 0)
        {
            throw new FormatException($"unknown scenario '{options.Scenario}'");
        }

        var reports = scenarios.ConvertAll(scenario => scenario.Run(options.Repetitions));
        await Console.Out.WriteAsync(MarkdownTable.Of(reports));
        if (options.Svg is { } directory)
        {
            await SchedulingDocument.WritePicturesAsync(reports, directory);
        }

        if (options.WriteDocs is { } root)
        {
            await SchedulingDocument.WriteAsync(reports, root);
        }

        return reports.TrueForAll(report => report.Figures.All(figure => figure.IsMet));
    }
}
