using LlamaGate.Application.Abstractions;
using Microsoft.Data.Sqlite;

namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Says in words why the file cannot be read or written.</summary>
internal static class StoreFaults
{
    public const string Damaged = "the file is damaged and was left as it is; see docs/accounts.md, \"A damaged file\"";
    public const string Full = "the disk is full";
    public const string Locked = "the file is locked by another program";

    private const string ReadOnly = "the file or its directory is read-only";

    // Of sqlite3.h.
    private const int Busy = 5;
    private const int LockedTable = 6;
    private const int NotWritable = 8;
    private const int InputOutput = 10;
    private const int Corrupt = 11;
    private const int NoSpace = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    // Of errno.h, as .NET passes them on.
    private const int NoSpaceOnDevice = 28;
    private const int ReadOnlyFileSystem = 30;

    public static bool IsDamage(Exception exception) => exception is StoreFaultException { NeedsAnotherFile: true }
        or SqliteException { SqliteErrorCode: Corrupt or NotADatabase };

    public static string Describe(Exception exception) => exception switch
    {
        StoreFaultException fault => fault.Message,
        SqliteException sqlite => Describe(sqlite),
        TypeInitializationException { InnerException: { } inner } => Describe(inner),
        DllNotFoundException or BadImageFormatException or EntryPointNotFoundException =>
            "SQLite's native library cannot be loaded; DATA_DIR must allow programs to be run from it (no noexec)",
        UnauthorizedAccessException => "this user has no permission for the directory or a file in it",
        IOException { HResult: NoSpaceOnDevice } => Full,
        IOException { HResult: ReadOnlyFileSystem } => ReadOnly,
        IOException => "the directory cannot be used",
        _ => "an unexpected error",
    };

    /// <summary>For a reader.</summary>
    public static UsageStoreException ToReadFault(Exception exception) =>
        new($"The accounts cannot be read: {Describe(exception)}", exception);

    private static string Describe(SqliteException exception) => exception.SqliteErrorCode switch
    {
        Busy or LockedTable => Locked,
        NotWritable => ReadOnly,
        InputOutput => "the disk reports an error",
        Corrupt or NotADatabase => Damaged,
        NoSpace => Full,
        CannotOpen => "the file cannot be opened: it, its directory, or a file beside it may not be written",
        var code => $"SQLite reports error {code}",
    };
}
