using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using static LlamaGate.Infrastructure.Tests.Accounts.StoreTestBed;

namespace LlamaGate.Infrastructure.Tests.Accounts;

public sealed class SqliteUsageStoreTests : IDisposable
{
    private readonly StoreTestBed _bed = new();

    [Fact]
    public async Task List_ByEachGroup_SumsRecordsOfFileAndMemory()
    {
        _bed.Write(Record(), Record("bob", "n", Noon.AddDays(1)));
        var store = _bed.StartLocked();
        store.Add(Record());
        store.Add(Record() with { Kind = UsageKind.CacheHit, Host = null, User = null, TokensIn = 0, TokensOut = 0, TokensSaved = 13 });
        Assert.Equal(2, store.State.Pending);
        Assert.Equal("alice=2 bob=1", await CallsOfAsync(store));
        Assert.Equal("m=2 n=1", await CallsOfAsync(store, UsageGroup.Model));
        Assert.Equal("=0 ann=3", await CallsOfAsync(store, UsageGroup.User));
        Assert.Equal("=0 gpu1=3", await CallsOfAsync(store, UsageGroup.Host));
        Assert.Equal("2026-11-30=2 2026-12-01=1", await CallsOfAsync(store, UsageGroup.Day));
        var alice = (await store.ListAsync(Query() with { KeyId = "alice" }, CancellationToken.None)).Single();
        Assert.Equal(
            new UsageRow("alice")
            {
                Calls = 2,
                TokensIn = 20,
                TokensOut = 6,
                GpuTime = TimeSpan.FromSeconds(4.5 - 1.75 + 2.5),
                DeviceTime = TimeSpan.FromSeconds(6),
                CacheHits = 1,
                TokensSaved = 13,
                Waited = TimeSpan.FromSeconds(24),
            },
            alice);
    }

    [Fact]
    public async Task List_OfOneDay_LeavesOtherDaysOut()
    {
        _bed.Write(Record(at: Noon.AddDays(-1)), Record(), Record(at: Noon.AddDays(1)));
        var store = _bed.StartLocked();
        store.Add(Record(at: Noon.AddDays(1)));
        store.Add(Record(at: Noon.AddDays(2)));
        var day = new DateOnly(2026, 12, 1);
        var rows = await store.ListAsync(new UsageQuery(day, day, UsageGroup.Day), CancellationToken.None);
        Assert.Equal([("2026-12-01", 2L)], rows.Select(row => (row.Group, row.Calls)));
    }

    [Fact]
    public async Task Add_RecordsWithTheSameId_CountOnce()
    {
        var record = Record();
        _bed.Write(record, record);
        _bed.Write(record);
        var store = _bed.Start(new StoreLimits { BatchDelay = TimeSpan.FromHours(1) });
        store.Add(record);
        store.Add(record);
        Assert.Equal("alice=1", await CallsOfAsync(store));
        store.Dispose();
        Assert.Equal((1, 1), (_bed.Count("records"), _bed.Count("day_totals")));
        Assert.Equal("alice=1", await CallsOfAsync(_bed.Start()));
    }

    [Fact]
    public void Add_Record_IsWrittenWithEveryField()
    {
        var id = Guid.CreateVersion7();
        _bed.Write(Record(id: id) with
        {
            Operation = UsageOperation.Embeddings,
            Outcome = UsageOutcome.Failed,
            Error = GatewayError.UpstreamUnreachable,
            TokensSaved = 7,
        });
        using var connection = _bed.Connect(SqliteOpenMode.ReadOnly);
        using var reader = connection.Prepare("SELECT * FROM records").ExecuteReader();
        Assert.True(reader.Read());
        var values = Enumerable.Range(0, reader.FieldCount).Select(i => reader.GetValue(i) is byte[] bytes ? Convert.ToHexStringLower(bytes) : reader.GetValue(i));
        Assert.Equal(
            $"{id:N} {Noon.ToUnixTimeMilliseconds()} 0 2 1 UpstreamUnreachable alice ann m gpu1 10 3 7 1000000 500000 250000 4000000 2000000 8000000 500000",
            string.Join(' ', values));
    }

    /// <summary>The view of a reader is taken at one moment, so no record is missing or counted twice while batches are committed.</summary>
    [Fact]
    public async Task List_WhileRecordsAreWritten_CountsEachOnce()
    {
        var store = _bed.Start(Quick with { BatchDelay = TimeSpan.FromMilliseconds(1), BatchSize = 7 });
        for (var i = 1; i <= 300; i++)
        {
            store.Add(Record());
            if (i % 5 == 0)
            {
                Assert.Equal($"alice={i}", await CallsOfAsync(store));
            }
        }
    }

    [Fact]
    public void Start_InAMissingDirectory_CreatesFilesForTheOwnerOnly()
    {
        using var store = new SqliteUsageStore(
            Path.Combine(_bed.Directory, "a", "b"), static () => null, Quick, TimeProvider.System, _bed.Log);
        store.Add(Record());
        WaitFor(() => store.State.Pending == 0, "the record is written");
        Assert.Contains($"Accounts are kept in {_bed.Directory}/a/b/usage.db".Replace('/', Path.DirectorySeparatorChar), _bed.Log.Lines(LogLevel.Information), StringComparer.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            var directory = new DirectoryInfo(Path.Combine(_bed.Directory, "a", "b"));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, directory.UnixFileMode);
            Assert.All(directory.GetFiles(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
            Assert.Equal(["usage.db", "usage.db-shm", "usage.db-wal", "usage.lock"], directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal), StringComparer.Ordinal);
        }
    }

    [Fact]
    public void Start_NewFile_IsInWalMode()
    {
        _bed.Write(Record());
        using var connection = _bed.Connect(SqliteOpenMode.ReadOnly);
        Assert.Equal("wal", connection.Read("PRAGMA journal_mode"));
    }

    [Fact]
    public async Task ListLastUses_OfFileAndMemory_HasTheLatest()
    {
        _bed.Write(Record(at: Noon.AddHours(2)), Record(at: Noon), Record("bob", at: Noon));
        var store = _bed.StartLocked();
        store.Add(Record("bob", at: Noon.AddHours(3)));
        store.Add(Record("carl", at: Noon.AddHours(4)));
        store.Add(Record(at: Noon.AddHours(-1)));
        var uses = await store.ListLastUsesAsync(CancellationToken.None);
        Assert.Equal(
            "alice=2 bob=3 carl=4",
            string.Join(' ', uses.OrderBy(use => use.Key, StringComparer.Ordinal).Select(use => $"{use.Key}={(use.Value - Noon).TotalHours}")));
    }

    /// <summary>Day totals are kept for ever.</summary>
    [Fact]
    public async Task Prune_OldRecords_RemovesThemAndKeepsTheirTotals()
    {
        var time = new FakeTimeProvider(Noon);
        var old = Enumerable.Range(0, 25).Select(_ => Record(at: Noon.AddDays(-91))).ToArray();
        _bed.Write([.. old, Record(at: Noon.AddDays(-89)), Record()]);
        var store = _bed.Start(Quick with { PruneSize = 4 }, time);
        WaitFor(() => _bed.Count("records") == 2, "old records are removed");
        Assert.Equal("alice=27", await CallsOfAsync(store));
        Assert.Null(store.State.Fault);
    }

    [Fact]
    public void Commit_OfFewRecords_WaitsNoLongerThanTheLimit()
    {
        var store = _bed.Start(new StoreLimits());
        store.Add(Record());
        WaitFor(() => store.State.Pending == 0, "the first record is written");
        store.Add(Record());
        Assert.InRange(new StoreLimits().BatchDelay.TotalMilliseconds, 1, 125);
        WaitFor(() => store.State.Pending == 0, "a batch that is not full is written");
        Assert.Equal(TimeSpan.Zero, store.State.Lag);
    }

    [Fact]
    public void Dispose_WithPendingRecords_WritesThemAndTakesNoMore()
    {
        var store = _bed.Start(new StoreLimits { BatchDelay = TimeSpan.FromHours(1), BatchSize = 10 });
        for (var i = 0; i < 35; i++)
        {
            store.Add(Record());
        }

        store.Dispose();
        Assert.Equal(35, _bed.Count("records"));
        store.Add(Record());
        Assert.Equal(1, store.State.Lost);
    }

    public void Dispose() => _bed.Dispose();
}
