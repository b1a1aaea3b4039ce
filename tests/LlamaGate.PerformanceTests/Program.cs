using System.Globalization;
using LlamaGate.PerformanceTests.Measuring;
using LlamaGate.PerformanceTests.Scenarios;

if (args is ["--types", var name, ..])
{
    using var types = new AllocatedTypes();
    var bytes = await AllocationMeter.SampleAsync(HotPaths.Named(name), types);
    var all = types.Found.Sum(found => found.Bytes);
    Console.Out.WriteLine($"{name}: {bytes:F0} bytes an operation, by type:");
    foreach (var (type, of) in types.Found.Take(60))
    {
        Console.Out.WriteLine($"{of / all * bytes,10:F0}  {of / all,6:P1}  {type}");
    }

    return;
}

foreach (var scenario in HotPaths.All.Where(s => args.Length == 0 || s.Name.Contains(args[0], StringComparison.Ordinal)))
{
    var bytes = await AllocationMeter.MeasureAsync(scenario);
    Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{scenario.Name,-36} {bytes,12:F1}"));
}
