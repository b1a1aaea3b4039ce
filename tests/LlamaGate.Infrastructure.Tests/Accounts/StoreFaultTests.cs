using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using Microsoft.Extensions.Logging;
using static LlamaGate.Infrastructure.Tests.Accounts.StoreTestBed;

namespace LlamaGate.Infrastructure.Tests.Accounts;

/// <summary>A file that cannot be written: the store says why, once, keeps the records, and writes them when it can.</summary>
public sealed class StoreFaultTests : IDisposable
{
    private readonly StoreTestBed _bed = new();

    [Fact]
    public async Task FullDisk_ThenSpace_KeepsRecordsAndWritesThem()
    {
        var pages = 20;
        using var store = _bed.Start(Quick with { Configure = connection => connection.Execute($"PRAGMA max_page_count = {Volatile.Read(ref pages)}") });
        for (var i = 0; i < 2000; i++)
        {
            store.Add(Record());
        }

        WaitFor(() => store.State.Fault is not null, "the disk is full");
        Assert.Equal("the disk is full", store.State.Fault);
        Assert.NotEqual(0, store.State.Pending);
        Assert.True(store.State.Lag > TimeSpan.Zero);
        Assert.Equal("alice=2000", await CallsOfAsync(store));
        Volatile.Write(ref pages, 100_000);
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "there is space again");
        Assert.Equal("alice=2000", await CallsOfAsync(store));
        Assert.Equal(2000, _bed.Count("records"));
        var fault = Assert.Single(_bed.Log.Lines(LogLevel.Error));
        Assert.Contains("cannot be written: the disk is full. Requests are not affected; up to 100000 records are kept", fault, StringComparison.Ordinal);
        Assert.Single(_bed.Log.Lines(LogLevel.Information), line => line.EndsWith("can be written again", StringComparison.Ordinal));
    }

    [Fact]
    public async Task LockedByAnotherProgram_ThenFree_WritesLater()
    {
        _bed.Write(Record());
        using var other = _bed.Connect();
        other.Execute("BEGIN IMMEDIATE");
        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the lock is noticed");
        Assert.Equal("the file is locked by another program", store.State.Fault);
        Assert.Equal("alice=2", await CallsOfAsync(store));
        other.Execute("ROLLBACK");
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "the lock is gone");
        Assert.Equal("alice=2", await CallsOfAsync(store));
    }

    [Fact]
    public async Task TwoGateways_OneDirectory_TheSecondSaysSoAndFollows()
    {
        var first = _bed.Start();
        first.Add(Record());
        WaitFor(() => first.State.Pending == 0, "the first one writes");
        var second = _bed.Start();
        second.Add(Record("bob"));
        WaitFor(() => second.State.Fault is not null, "the second one notices");
        Assert.Equal("another gateway keeps its accounts in the same DATA_DIR; give each gateway its own", second.State.Fault);
        Assert.Equal(1, _bed.Count("records"));
        first.Dispose();
        WaitFor(() => second.State is { Fault: null, Pending: 0 }, "the second one takes over");
        Assert.Equal("alice=1 bob=1", await CallsOfAsync(second));
    }

    [Theory]
    [InlineData("no database at all, but longer than the header of one, which has a hundred bytes. no database at all, but longer")]
    [InlineData("short")]
    public async Task NoDatabase_UnderTheName_IsLeftAsItIs(string content)
    {
        await File.WriteAllTextAsync(_bed.File, content);
        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the damage is noticed");
        Assert.Equal("the file is damaged and was left as it is; see docs/accounts.md, \"A damaged file\"", store.State.Fault);
        Assert.Equal(content, await File.ReadAllTextAsync(_bed.File));
        await Assert.ThrowsAsync<UsageStoreException>(() => CallsOfAsync(store));
        Assert.Equal(1, store.State.Pending);
    }

    [Fact]
    public async Task DamagedPages_AreFoundAtTheStartAndReplacedByTheOperator()
    {
        _bed.Write([.. Enumerable.Range(0, 500).Select(_ => Record())]);
        var bytes = await File.ReadAllBytesAsync(_bed.File);
        Array.Fill(bytes, (byte)0xAB, 4096 * 3, 4096 * 4);
        await File.WriteAllBytesAsync(_bed.File, bytes);
        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the damage is noticed");
        Assert.StartsWith("the file is damaged", store.State.Fault, StringComparison.Ordinal);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_bed.File));
        File.Move(_bed.File, _bed.File + ".damaged");
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "a new file is made");
        Assert.Equal("alice=1", await CallsOfAsync(store));
    }

    [Fact]
    public async Task DirectoryInTheWay_OfTheFile_IsAFault()
    {
        Directory.CreateDirectory(_bed.File);
        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the file cannot be opened");
        Directory.Delete(_bed.File);
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "the file can be opened");
        Assert.Equal("alice=1", await CallsOfAsync(store));
    }

    [Fact]
    public async Task TooManyRecords_WhileNothingCanBeWritten_DropsTheOldestAndCountsThem()
    {
        await File.WriteAllTextAsync(_bed.File, "short");
        using var store = _bed.Start(Quick with { Capacity = 10, BatchSize = 4 });
        WaitFor(() => store.State.Fault is not null, "the damage is noticed");
        for (var i = 0; i < 25; i++)
        {
            store.Add(Record(i < 15 ? "early" : "late"));
        }

        Assert.Equal((10, 15L), (store.State.Pending, store.State.Lost));
        WaitFor(() => _bed.Log.Lines(LogLevel.Error).Any(line => line.StartsWith("15 usage records were dropped", StringComparison.Ordinal)), "the loss is logged");
        File.Delete(_bed.File);
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "a new file is made");
        Assert.Equal("late=10", await CallsOfAsync(store));
    }

    [Fact]
    public async Task End_WhileNothingCanBeWritten_SaysHowManyAreLost()
    {
        await File.WriteAllTextAsync(_bed.File, "short");
        using (var store = _bed.Start())
        {
            store.Add(Record());
            WaitFor(() => store.State.Fault is not null, "the damage is noticed");
        }

        Assert.Contains("The gateway stops with 1 usage records that could not be written; they are lost", _bed.Log.Lines(LogLevel.Error), StringComparer.Ordinal);
    }

    public void Dispose() => _bed.Dispose();
}
