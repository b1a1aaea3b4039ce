using LlamaGate.Application.Abstractions;
using LlamaGate.Infrastructure.Accounts.Sqlite;
using Microsoft.Data.Sqlite;
using static LlamaGate.Infrastructure.Tests.Accounts.StoreTestBed;

namespace LlamaGate.Infrastructure.Tests.Accounts;

public sealed class UsageSchemaTests : IDisposable
{
    private readonly StoreTestBed _bed = new();

    /// <summary>A file of the first version, as it was released.</summary>
    private static string FirstVersion => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Accounts", "schema-1.sql"));

    [Fact]
    public async Task Start_FileOfTheFirstVersion_KeepsItsContent()
    {
        using (var connection = Create())
        {
            connection.Execute(FirstVersion);
        }

        using var store = _bed.Start();
        store.Add(Record("bob"));
        WaitFor(() => store.State.Pending == 0, "the record is written");
        Assert.Equal("alice=5 bob=1", await CallsOfAsync(store));
        using var reader = _bed.Connect(SqliteOpenMode.ReadOnly);
        Assert.Equal((long)UsageSchema.Steps.Count, reader.Read("PRAGMA user_version"));
    }

    /// <summary>A step that was released is never changed.</summary>
    [Fact]
    public void Steps_First_MakesTheTablesOfTheFirstVersion()
    {
        using var released = new SqliteConnection("Data Source=:memory:");
        using var made = new SqliteConnection("Data Source=:memory:");
        NativeSqlite.Load(_bed.Directory, static () => null);
        released.Open();
        made.Open();
        released.Execute(FirstVersion);
        UsageSchema.Migrate(made, [UsageSchema.Steps[0]]);
        Assert.Equal(Tables(released), Tables(made));
    }

    [Fact]
    public void Migrate_FileOfAnEarlierVersion_DoesTheMissingStepsOnce()
    {
        _bed.Write(Record());
        using var connection = _bed.Connect();
        string[] steps = [.. UsageSchema.Steps, "ALTER TABLE records ADD COLUMN tier TEXT", "UPDATE records SET tier = 'x'"];
        UsageSchema.Migrate(connection, steps);
        UsageSchema.Migrate(connection, steps);
        Assert.Equal(("x", (long)steps.Length), (connection.Read("SELECT tier FROM records"), connection.Read("PRAGMA user_version")));
    }

    [Fact]
    public void Migrate_StepThatFails_ChangesNothing()
    {
        _bed.Write(Record());
        using (var connection = _bed.Connect())
        {
            Assert.Throws<SqliteException>(() =>
                UsageSchema.Migrate(connection, [.. UsageSchema.Steps, "ALTER TABLE records ADD COLUMN tier TEXT", "nonsense"]));
        }

        using var reader = _bed.Connect(SqliteOpenMode.ReadOnly);
        Assert.Equal((long)UsageSchema.Steps.Count, reader.Read("PRAGMA user_version"));
        Assert.Equal(0L, reader.Read("SELECT count(*) FROM pragma_table_info('records') WHERE name = 'tier'"));
    }

    [Fact]
    public async Task Start_FileOfANewerVersion_WritesNothing()
    {
        _bed.Write(Record());
        using (var connection = _bed.Connect())
        {
            connection.Execute("PRAGMA user_version = 99");
        }

        var before = await File.ReadAllBytesAsync(_bed.File);
        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the version is noticed");
        Assert.Equal(
            $"the file is of a newer version of LlamaGate (schema 99, this one knows {UsageSchema.Steps.Count}); it was left as it is", store.State.Fault);
        var failure = await Assert.ThrowsAsync<UsageStoreException>(() => CallsOfAsync(store));
        Assert.Contains("newer version", failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(_bed.File));
    }

    [Fact]
    public void Start_FileOfAnotherProgram_WritesNothing()
    {
        using (var connection = Create())
        {
            connection.Execute("CREATE TABLE recipes (name TEXT)");
        }

        using var store = _bed.Start();
        store.Add(Record());
        WaitFor(() => store.State.Fault is not null, "the other program is noticed");
        Assert.Equal("the file belongs to another program; it was left as it is", store.State.Fault);
        Assert.Equal(0, _bed.Count("recipes"));
    }

    public void Dispose() => _bed.Dispose();

    private SqliteConnection Create() => _bed.Connect(SqliteOpenMode.ReadWriteCreate);

    private static string[] Tables(SqliteConnection connection)
    {
        using var reader = connection.Prepare(
            "SELECT m.name || '.' || c.name || ' ' || c.type || ' ' || c.\"notnull\" || ' ' || c.pk FROM sqlite_schema m, pragma_table_info(m.name) c").ExecuteReader();
        var columns = new List<string>();
        while (reader.Read())
        {
            columns.Add(reader.GetString(0));
        }

        Assert.NotEmpty(columns);
        return [.. columns.Order(StringComparer.Ordinal)];
    }
}
