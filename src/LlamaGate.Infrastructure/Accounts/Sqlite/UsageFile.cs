using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>The file of the accounts in DATA_DIR, and the ways to open it. Every connection is closed as soon as it is disposed.</summary>
internal sealed class UsageFile(string directory, Func<Stream?> openNativeLibrary)
{
    private const string Name = "usage.db";
    private const string LockName = "usage.lock";

    /// <summary>Seconds for which the driver waits for another program's lock.</summary>
    private const int LockSeconds = 1;

    public string Path { get; } = System.IO.Path.Combine(directory, Name);

    /// <summary>What tells a replaced file from the same one; null when there is none.</summary>
    public (long Length, DateTime Written)? Signature =>
        new FileInfo(Path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;

    private string LockPath { get; } = System.IO.Path.Combine(directory, LockName);

    /// <summary>Without it a second gateway can lock another one: somebody removed it, maybe with its directory.</summary>
    public bool HasLockFile => File.Exists(LockPath);

    /// <summary>Keeps a second gateway from writing; it would check the same file and count its own pending records beside ours.</summary>
    /// <returns>Ends the lock when it is disposed; the end of the process does so too.</returns>
    /// <exception cref="StoreFaultException">Another process has it.</exception>
    public IDisposable Lock()
    {
        OwnFile.CreateDirectory(directory);
        try
        {
            return OwnFile.OpenAlone(LockPath);
        }
        catch (IOException exception) when (IsSharingViolation(exception))
        {
            throw new StoreFaultException("another gateway keeps its accounts in the same DATA_DIR; give each gateway its own", exception);
        }
    }

    /// <summary>Reads the file without changing it; null when there is none, or nothing in it.</summary>
    /// <exception cref="StoreFaultException">Its tables cannot be read by this version.</exception>
    public SqliteConnection? OpenToRead()
    {
        if (!File.Exists(Path))
        {
            return null;
        }

        var connection = Open(SqliteOpenMode.ReadOnly);
        try
        {
            var version = UsageSchema.ReadVersion(connection, UsageSchema.Steps.Count);
            if (version == UsageSchema.Steps.Count)
            {
                return connection;
            }

            connection.Dispose();
            return version == 0 ? null : throw new StoreFaultException("they are of an earlier version; the gateway converts them when it starts");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Creates or converts the file if that is needed. A file that cannot be used stays as it is.</summary>
    /// <param name="fullCheckBytes">The whole content of a file up to this size is checked first.</param>
    public SqliteConnection OpenToWrite(long fullCheckBytes)
    {
        if (File.Exists(Path))
        {
            Check(fullCheckBytes);
        }
        else
        {
            // SQLite would let everybody read it; the files that it puts beside it have the same mode.
            OwnFile.Create(Path).Dispose();
        }

        var connection = Open(SqliteOpenMode.ReadWrite);
        try
        {
            connection.Execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
            UsageSchema.Migrate(connection, UsageSchema.Steps);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Removes what a file that is gone left beside its name: SQLite would read it as a part of the next file. Call it when no connection is open.
    /// </summary>
    public void RemoveRemains()
    {
        var log = new FileInfo(Path + "-wal");
        // Beside another file, only an empty log can be the one that was emptied before.
        if (!File.Exists(Path) || log is { Exists: true, Length: 0 })
        {
            log.Delete();
            File.Delete(Path + "-shm");
        }
    }

    /// <summary>By a connection that cannot write: one that can would at its end change even a file that it did not write to.</summary>
    private void Check(long fullCheckBytes)
    {
        using var connection = Open(SqliteOpenMode.ReadOnly);
        _ = UsageSchema.ReadVersion(connection, UsageSchema.Steps.Count);
        if (new FileInfo(Path).Length <= fullCheckBytes && connection.Read("PRAGMA quick_check(1)") is not "ok")
        {
            throw new StoreFaultException(StoreFaults.Damaged) { NeedsAnotherFile = true };
        }
    }

    private SqliteConnection Open(SqliteOpenMode mode)
    {
        NativeSqlite.Load(directory, openNativeLibrary);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = Path,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = LockSeconds,
        }.ToString());
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>EWOULDBLOCK of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static bool IsSharingViolation(IOException exception) => exception.HResult is 11 or 35 or unchecked((int)0x80070020);
}
