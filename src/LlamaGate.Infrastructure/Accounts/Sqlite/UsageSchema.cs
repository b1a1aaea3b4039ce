using System.Globalization;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>
/// The tables, and how a file of an earlier version becomes one of this version. <c>user_version</c> is the number of steps that a file has
/// seen. A step that was released is never changed; a new one is added below it.
/// </summary>
internal static class UsageSchema
{
    public static IReadOnlyList<string> Steps { get; } =
    [
        """
        PRAGMA application_id = 1280066369;
        CREATE TABLE records (
            id BLOB NOT NULL UNIQUE,
            ended_ms INTEGER NOT NULL,
            kind INTEGER NOT NULL,
            operation INTEGER NOT NULL,
            outcome INTEGER NOT NULL,
            error TEXT,
            key_id TEXT NOT NULL,
            user TEXT NOT NULL,
            model TEXT NOT NULL,
            host TEXT NOT NULL,
            tokens_in INTEGER NOT NULL,
            tokens_out INTEGER NOT NULL,
            tokens_saved INTEGER NOT NULL,
            load_us INTEGER NOT NULL,
            prompt_us INTEGER NOT NULL,
            eval_us INTEGER NOT NULL,
            held_us INTEGER NOT NULL,
            device_us INTEGER NOT NULL,
            waited_us INTEGER NOT NULL,
            first_chunk_us INTEGER
        );
        CREATE TABLE day_totals (
            day TEXT NOT NULL,
            key_id TEXT NOT NULL,
            user TEXT NOT NULL,
            model TEXT NOT NULL,
            host TEXT NOT NULL,
            calls INTEGER NOT NULL,
            tokens_in INTEGER NOT NULL,
            tokens_out INTEGER NOT NULL,
            gpu_us INTEGER NOT NULL,
            device_us INTEGER NOT NULL,
            cache_hits INTEGER NOT NULL,
            tokens_saved INTEGER NOT NULL,
            waited_us INTEGER NOT NULL,
            PRIMARY KEY (day, key_id, user, model, host)
        ) WITHOUT ROWID;
        CREATE TABLE last_uses (
            key_id TEXT NOT NULL PRIMARY KEY,
            used_ms INTEGER NOT NULL
        ) WITHOUT ROWID;
        """,
    ];

    /// <summary>The file's version; 0 = it is empty.</summary>
    /// <exception cref="StoreFaultException">It is newer than <paramref name="known"/>, or another program's.</exception>
    public static int ReadVersion(SqliteConnection connection, int known)
    {
        var version = Number(connection.Read("PRAGMA user_version"));
        if (version > known)
        {
            throw new StoreFaultException(
                $"the file is of a newer version of LlamaGate (schema {version}, this one knows {known}); it was left as it is")
            {
                NeedsAnotherFile = true,
            };
        }

        if (version == 0 && Number(connection.Read("SELECT count(*) FROM sqlite_schema")) > 0)
        {
            throw new StoreFaultException("the file belongs to another program; it was left as it is") { NeedsAnotherFile = true };
        }

        return (int)version;
    }

    /// <summary>All steps or none.</summary>
    public static void Migrate(SqliteConnection connection, IReadOnlyList<string> steps)
    {
        if (ReadVersion(connection, steps.Count) == steps.Count)
        {
            return;
        }

        connection.Execute("BEGIN IMMEDIATE");
        // Read again: another process may have done it meanwhile.
        for (var version = ReadVersion(connection, steps.Count); version < steps.Count; version++)
        {
            connection.Execute(steps[version]);
            connection.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA user_version = {version + 1}"));
        }

        connection.Execute("COMMIT");
    }

    private static long Number(object? value) => Convert.ToInt64(value, CultureInfo.InvariantCulture);
}
