using System.Diagnostics;
using System.Globalization;
using LlamaGate.AccountsHost;
using LlamaGate.Domain.Accounts;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Tests.Accounts;

/// <summary>kill -9 in the middle of 200 records a second, 20 times.</summary>
public sealed class KillTests : IDisposable
{
    private const int Runs = 20;

    /// <summary>What a record may wait in memory.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly StoreTestBed _bed = new();

    [Fact]
    public async Task Kill_ManyTimes_LosesNothingThatIsOlderThanTheLimitAndCountsNothingTwice()
    {
        for (var run = 0; run < Runs; run++)
        {
            // At another place in the rhythm of the commits each time.
            var (added, killed) = await RunAndKillAsync(run, atLeast: 60 + (run * 7));
            var written = ReadNumbers(run);
            var old = added.Where(one => Stopwatch.GetElapsedTime(one.At, killed) > Limit).Select(one => one.Number).ToList();
            Assert.NotEmpty(old);
            Assert.Empty(old.Except(written));
            Assert.Equal(Enumerable.Range(0, written.Count), written);
        }

        var count = _bed.Count("records");
        using var store = _bed.Start();
        var rows = await store.ListAsync(StoreTestBed.Query(UsageGroup.Day), CancellationToken.None);
        Assert.Equal((count, count, TimeSpan.FromSeconds(count)), rows.Select(row => (row.Calls, row.TokensIn, row.GpuTime)).Single());
    }

    public void Dispose() => _bed.Dispose();

    private async Task<(List<(int Number, long At)> Added, long Killed)> RunAndKillAsync(int run, int atLeast)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(SteadyRecords).Assembly.Location, _bed.Directory, run.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start");
        try
        {
            Assert.Equal(SteadyRecords.Ready, await process.StandardOutput.ReadLineAsync().WaitAsync(LongestWait));
            var added = new List<(int Number, long At)>();
            while (added.Count < atLeast)
            {
                added.Add(Parse(await process.StandardOutput.ReadLineAsync().WaitAsync(LongestWait)));
            }

            var killed = Stopwatch.GetTimestamp();
            process.Kill();
            var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(LongestWait);
            await process.WaitForExitAsync().WaitAsync(LongestWait);
            // The last line may be half a line.
            added.AddRange(rest.Split('\n')[..^1].Select(Parse));
            return (added, killed);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }
    }

    private List<int> ReadNumbers(int run)
    {
        using var connection = _bed.Connect(SqliteOpenMode.ReadOnly);
        using var command = connection.Prepare("SELECT id FROM records WHERE key_id = $key ORDER BY id", "$key").Set($"key-{run}");
        using var reader = command.ExecuteReader();
        var ids = new List<int>();
        while (reader.Read())
        {
            ids.Add((int)BitConverter.ToInt64(reader.GetFieldValue<byte[]>(0).AsSpan(8)));
        }

        return [.. ids.Order()];
    }

    private static (int Number, long At) Parse(string? line)
    {
        var parts = (line ?? throw new InvalidOperationException("The process ended by itself")).TrimEnd().Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
