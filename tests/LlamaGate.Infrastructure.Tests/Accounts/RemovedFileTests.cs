using LlamaGate.Infrastructure.Accounts.Sqlite;
using Microsoft.Extensions.Logging;
using static LlamaGate.Infrastructure.Tests.Accounts.StoreTestBed;

namespace LlamaGate.Infrastructure.Tests.Accounts;

/// <summary>A file that somebody removes or replaces while it is open. SQLite would write on to what no longer has a name.</summary>
public sealed class RemovedFileTests : IDisposable
{
    private readonly StoreTestBed _bed = new();

    [Theory]
    [InlineData("usage.db")]
    [InlineData("usage.db usage.db-wal usage.db-shm")]
    [InlineData("usage.db usage.db-wal usage.db-shm usage.lock")]
    public async Task Removed_File_IsMadeAnewWithWhatComesLater(string names)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = StartWith("before");
        Array.ForEach(names.Split(' '), name => File.Delete(Path.Combine(_bed.Directory, name)));
        Add(store, "first");
        Add(store, "second");
        Assert.Equal((2, 2), (_bed.Count("records"), _bed.Count("day_totals")));
        Assert.Equal("first=1 second=1", await CallsOfAsync(store));
        Assert.Null(store.State.Fault);
        Assert.Equal(
            $"{_bed.File} was removed or moved while the gateway ran. The gateway starts a new file. Earlier records are lost unless you restore them from a backup",
            Assert.Single(_bed.Log.Lines(LogLevel.Warning)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(_bed.File));
    }

    /// <summary>What the gateway had not yet moved from the log to the old file must not get into the new one.</summary>
    [Fact]
    public async Task Replaced_File_IsWrittenToAndNotMixedWithTheOldOne()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _bed.Write(Record("backup"));
        var backup = Path.Combine(_bed.Directory, "backup");
        File.Copy(_bed.File, backup);
        var store = StartWith([.. Enumerable.Range(0, 500).Select(number => $"lost-{number}")]);
        File.Move(backup, _bed.File, overwrite: true);
        Add(store, "later");
        Assert.Equal("backup=1 later=1", await CallsOfAsync(store));
        Assert.Equal(
            $"{_bed.File} was replaced while the gateway ran. The gateway continues with the new file",
            Assert.Single(_bed.Log.Lines(LogLevel.Warning)));
        using var connection = _bed.Connect();
        Assert.Equal("ok", connection.Read("PRAGMA integrity_check"));
    }

    [Fact]
    public async Task Moved_File_IsCompleteAndANewOneBegins()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = StartWith("before");
        var elsewhere = Directory.CreateDirectory(Path.Combine(_bed.Directory, "old")).FullName;
        File.Move(_bed.File, Path.Combine(elsewhere, "usage.db"));
        Add(store, "later");
        Assert.Equal("later=1", await CallsOfAsync(store));
        var moved = new UsageFileReader(elsewhere, static () => null);
        Assert.Contains("before", (await moved.ListAsync(Query(), CancellationToken.None)).Select(row => row.Group), StringComparer.Ordinal);
    }

    /// <summary>With a lock of its own again, so that no second gateway writes to the new file.</summary>
    [Fact]
    public void Removed_Directory_IsMadeAnewAndLocked()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = StartWith("before");
        Directory.Delete(_bed.Directory, recursive: true);
        Add(store, "later");
        Assert.Equal(1, _bed.Count("records"));
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(_bed.Directory));
        var second = _bed.Start();
        second.Add(Record());
        WaitFor(() => second.State.Fault is not null, "the second gateway notices the first one");
        Assert.StartsWith("another gateway keeps its accounts", second.State.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void Removed_DirectoryThatCannotBeMade_IsAFaultUntilItCan()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = StartWith("before");
        Directory.Delete(_bed.Directory, recursive: true);
        File.WriteAllText(_bed.Directory, "in the way");
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the fault is noticed");
        Assert.Equal(("the directory cannot be used", 1), (store.State.Fault, store.State.Pending));
        File.Delete(_bed.Directory);
        WaitFor(() => store.State is { Fault: null, Pending: 0 }, "the directory can be made");
        Assert.Equal(1, _bed.Count("records"));
    }

    /// <summary>The end of the gateway writes the last records, and it must not write them into nothing.</summary>
    [Fact]
    public void Removed_BeforeTheEnd_GetsTheLastRecords()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var store = _bed.Start(new StoreLimits { BatchDelay = TimeSpan.FromHours(1), BatchSize = 2 });
        store.Add(Record());
        store.Add(Record());
        WaitFor(() => store.State.Pending == 0, "a full batch is written");
        File.Delete(_bed.File);
        store.Add(Record());
        store.Dispose();
        Assert.Equal(1, _bed.Count("records"));
    }

    public void Dispose() => _bed.Dispose();

    private SqliteUsageStore StartWith(params string[] keys)
    {
        var store = _bed.Start();
        Array.ForEach(keys, key => store.Add(Record(key)));
        WaitFor(() => store.State.Pending == 0, "the first records are written");
        return store;
    }

    private static void Add(SqliteUsageStore store, string key)
    {
        store.Add(Record(key));
        WaitFor(() => store.State.Pending == 0, $"the record of {key} is written");
    }
}
