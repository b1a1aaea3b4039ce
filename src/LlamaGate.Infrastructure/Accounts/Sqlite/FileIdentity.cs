using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>
/// Asks SQLite whether an open file still has its name. SQLite writes on to a file that was removed, moved or replaced, without an error.
/// On Windows an open file cannot be removed.
/// </summary>
internal static class FileIdentity
{
    /// <summary>SQLITE_FCNTL_HAS_MOVED of sqlite3.h.</summary>
    private const int HasMovedCode = 20;

    private static readonly Lazy<FileControl?> Control = new(FindControl);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int FileControl(sqlite3 connection, nint database, int code, ref int value);

    /// <returns>False if SQLite cannot say.</returns>
    public static bool HasMoved(SqliteConnection connection)
    {
        var hasMoved = 0;
        // No name of a database means the main one.
        return connection.Handle is { } handle && Control.Value?.Invoke(handle, 0, HasMovedCode, ref hasMoved) == raw.SQLITE_OK && hasMoved != 0;
    }

    private static FileControl? FindControl() => NativeSqlite.FindExport("sqlite3_file_control") is not 0 and var address
        ? Marshal.GetDelegateForFunctionPointer<FileControl>(address)
        : null;
}
