using LlamaGate.Bench.Load;
using LlamaGate.Bench.Sharing.Scenarios;

namespace LlamaGate.Bench.Sharing;

/// <summary>A run of bench/shared.sh.</summary>
internal static class SharingRun
{
    private static readonly ISharingScenario[] All =
    [
        new Switching("switch", pauses: false), new Switching("pauses", pauses: true), new Flood(), new Prefix(),
        new Patience(), new Busy(), new Waiters(), new Replicas(),
    ];

    public static IReadOnlyList<string> Names => [.. All.Select(scenario => scenario.Name)];

    /// <returns>The exit code: 1 when a goal is missed.</returns>
    public static async Task<int> RunAsync(SharingOptions options, CancellationToken cancellationToken)
    {
        var rig = new SharingRig(options);
        var report = new SharingReport();
        foreach (var scenario in All.Where(one => options.Only.Count == 0 || options.Only.Contains(one.Name, StringComparer.Ordinal)))
        {
            var begun = Clock.Now;
            await scenario.RunAsync(rig, report, cancellationToken);
            await Console.Error.WriteLineAsync($"{scenario.Name}: {(Clock.Now - begun) / 1e9:F0} s");
        }

        await Console.Out.WriteLineAsync(options.Json ? report.JsonLines() : report.Table());
        return report.Figures.Any(figure => figure.IsMet is false) ? 1 : 0;
    }
}
