using System.Diagnostics;
using System.Globalization;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure;
using LlamaGate.Infrastructure.Accounts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace LlamaGate.AccountsHost;

/// <summary>
/// A process that a test kills: it adds 200 records a second to the accounts in a directory, and says of each when it was added. Each run
/// first adds the records of the run before once more.
/// </summary>
public static class SteadyRecords
{
    public const int PerSecond = 200;

    /// <summary>Records that a run repeats of the one before.</summary>
    public const int Repeated = 100;

    /// <summary>Said when the file is open.</summary>
    public const string Ready = "ready";

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(5);
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    public static UsageRecord Record(int run, int number) =>
        new(new Guid(run, 0, 0, BitConverter.GetBytes((long)number)), Noon, $"key-{run}", "m") { TokensIn = 1, Eval = TimeSpan.FromSeconds(1) };

    /// <summary>Until the process is killed.</summary>
    public static async Task RunAsync(string directory, int run, TextWriter output)
    {
        await using var services = new ServiceCollection()
            .AddSingleton(TimeProvider.System)
            .AddSingleton(typeof(ILogger<>), typeof(NullLogger<>))
            .AddAccounts(new UsageStoreOptions { Directory = directory })
            .BuildServiceProvider();
        var store = services.GetRequiredService<IUsageStore>();
        for (var number = 0; run > 0 && number < Repeated; number++)
        {
            store.Add(Record(run - 1, number));
        }

        using var timer = new PeriodicTimer(Step);
        while (store.State is { Pending: > 0 } or { Fault: not null })
        {
            await timer.WaitForNextTickAsync();
        }

        await output.WriteLineAsync(Ready);
        await output.FlushAsync();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; await timer.WaitForNextTickAsync();)
        {
            for (var due = Stopwatch.GetElapsedTime(started).TotalSeconds * PerSecond; number < due; number++)
            {
                store.Add(Record(run, number));
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{number} {Stopwatch.GetTimestamp()}"));
            }

            await output.FlushAsync();
        }
    }
}
