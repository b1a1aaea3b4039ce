using System.Globalization;
using LlamaGate.PerformanceTests.Budgets;
using LlamaGate.PerformanceTests.Measuring;
using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.PerformanceTests;

/// <summary>The measurements at the command line.</summary>
internal static class MeasuringCommand
{
    private const string Usage = """
        --table [PART]         what each hot path allocates, beside its budget; PART of a path's name chooses some
        --accept WHY [PART]    the same, and writes new budgets where the old ones are broken or too wide
        --types PATH           what the path's allocations are, by type
        --measure              the bare numbers, for the tests
        """;

    public static async Task<int> RunAsync(string[] args, TextWriter output)
    {
        await (args switch
        {
            ["--table"] => PrintTableAsync(output, part: "", why: null),
            ["--table", var part] => PrintTableAsync(output, part, why: null),
            ["--accept", var why] => PrintTableAsync(output, part: "", why),
            ["--accept", var why, var part] => PrintTableAsync(output, part, why),
            ["--types", var name] => PrintTypesAsync(output, name),
            ["--measure"] => PrintMeasurementsAsync(output),
            _ => output.WriteLineAsync(Usage),
        });
        return args.Length == 0 ? 1 : 0;
    }

    private static async Task PrintMeasurementsAsync(TextWriter output)
    {
        foreach (var scenario in HotPaths.All)
        {
            await WriteLineAsync(output, $"{scenario.Name}\t{await AllocationMeter.MeasureAsync(scenario)}");
        }
    }

    /// <param name="why">The reason of new budgets; null: none are written.</param>
    private static async Task PrintTableAsync(TextWriter output, string part, string? why)
    {
        var file = BudgetFile.Read(BudgetFile.DefaultPath);
        await WriteLineAsync(output, $"| bytes for one … | measured | budget | |\n|---|---:|---:|---|");
        foreach (var scenario in HotPaths.All.Where(path => path.Name.Contains(part, StringComparison.Ordinal)))
        {
            var measured = await AllocationMeter.MeasureAsync(scenario);
            var budget = file.Find(scenario.Name);
            var wanted = Budget.For(measured);
            var remark = budget is null ? $"write {wanted}" : budget.Complaint(measured) is null ? "" : $"write {wanted} instead";
            if (why is not null && (budget is null || wanted != budget.Bytes && (wanted < budget.Bytes || measured > budget.Bytes)))
            {
                file.Add(scenario.Name, new Budget(Today(), wanted, why));
                remark = $"is now {wanted}";
            }

            await WriteLineAsync(output, $"| {scenario.Name} | {measured:F0} | {budget?.Bytes} | {remark} |");
        }

        if (why is not null)
        {
            file.Write(BudgetFile.DefaultPath);
        }
    }

    private static async Task PrintTypesAsync(TextWriter output, string name)
    {
        const int MostTypes = 60;
        using var types = new AllocatedTypes();
        var bytes = await AllocationMeter.SampleAsync(HotPaths.Named(name), types);
        var all = types.Found.Sum(found => found.Bytes);
        await WriteLineAsync(output, $"{name}: {bytes:F0} bytes an operation, by type:");
        foreach (var (type, part) in types.Found.Take(MostTypes))
        {
            await WriteLineAsync(output, $"{part / all * bytes,10:F0}  {part / all,6:P1}  {type}");
        }
    }

    private static Task WriteLineAsync(TextWriter output, FormattableString line) =>
        output.WriteLineAsync(line.ToString(CultureInfo.InvariantCulture));

    private static string Today() => TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
