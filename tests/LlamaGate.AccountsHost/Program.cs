using System.Globalization;
using LlamaGate.AccountsHost;

await SteadyRecords.RunAsync(args[0], int.Parse(args[1], CultureInfo.InvariantCulture), new StreamWriter(Console.OpenStandardOutput()));
