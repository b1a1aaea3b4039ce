using System.Diagnostics;
using System.Globalization;

namespace LlamaGate.PerformanceTests.Budgets;

/// <summary>
/// What every hot path allocates, measured once for all tests in a process of its own: in this one the test runner allocates too,
/// and keeps threads of the pool. Paths that break their budget are measured again: on a busy machine packets come apart that mostly
/// come together, which only adds.
/// </summary>
public sealed class Measurements : IAsyncLifetime
{
    private const int Runs = 3;

    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(4);

    private readonly Dictionary<string, double> _bytes = new(StringComparer.Ordinal);

    public double this[string name] => _bytes[name];

    public async Task InitializeAsync()
    {
        var budgets = BudgetFile.Read(BudgetFile.DefaultPath);
        for (var run = 0; run < Runs && (run == 0 || _bytes.Any(path => path.Value > budgets.Find(path.Key)?.Bytes)); run++)
        {
            await MeasureAsync();
        }
    }

    public Task DisposeAsync() => Task.CompletedTask;

    private async Task MeasureAsync()
    {
        using var process = Process.Start(new ProcessStartInfo(DotNet(), [typeof(Measurements).Assembly.Location, "--measure"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        }) ?? throw new InvalidOperationException("The measuring process did not start.");
        using var limit = new CancellationTokenSource(LongestRun);
        try
        {
            var error = process.StandardError.ReadToEndAsync(limit.Token);
            Take(await process.StandardOutput.ReadToEndAsync(limit.Token));
            await process.WaitForExitAsync(limit.Token);
            Assert.True(process.ExitCode == 0, await error);
        }
        finally
        {
            process.Kill();
        }
    }

    private void Take(string output)
    {
        foreach (var line in output.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, bytes) = (line[..line.IndexOf('\t')], line[(line.IndexOf('\t') + 1)..]);
            var measured = double.Parse(bytes, CultureInfo.InvariantCulture);
            _bytes[name] = Math.Min(measured, _bytes.GetValueOrDefault(name, measured));
        }
    }

    /// <summary>The one that runs this, unless a test host of its own does.</summary>
    private static string DotNet() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";
}
