namespace LlamaGate.Api.Configuration;

/// <summary>
/// Checks before the start that LOG_FILE can be written, because a sink that fails later does so silently. A new file is
/// readable only by its owner, because it contains callers' addresses; the mode of an existing file is not changed.
/// </summary>
internal static class LogFileAccess
{
    /// <summary>Windows' error for a file that another process has opened for exclusive writing.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Unix locks are all or nothing, and do not affect readers that take no lock; on Windows a reader may keep the file open.</summary>
    private static FileShare NoOtherWriter => OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    /// <summary>For a process that is about to write, and must be the only writer: two would overwrite each other.</summary>
    /// <param name="path">LOG_FILE.</param>
    /// <returns>The error, or null. The file exists afterwards.</returns>
    public static string? CheckAsWriter(string path) => Complain(path, static path => Open(path, NoOtherWriter).Dispose());

    /// <summary>
    /// For a process that only checks: the gateway may be running, and a file that this process left behind might belong to
    /// another user than the gateway's, which could then not write to it.
    /// </summary>
    /// <param name="path">LOG_FILE.</param>
    /// <returns>The error, or null. A file that did not exist still does not exist.</returns>
    public static string? CheckAsOnlooker(string path) => Complain(path, static path =>
    {
        try
        {
            Open(path, FileShare.ReadWrite | FileShare.Delete, isKept: File.Exists(path)).Dispose();
        }
        catch (IOException exception) when (exception.HResult == SharingViolation)
        {
            // The gateway has it open.
        }
    });

    /// <summary>Opens for appending, without a buffer; a missing file is created, readable only by its owner.</summary>
    /// <param name="path">LOG_FILE.</param>
    /// <param name="share">What others may do with it in the meantime.</param>
    /// <param name="isKept">False: the file must be new, and is deleted when closed.</param>
    public static FileStream Open(string path, FileShare share, bool isKept = true)
    {
        var options = new FileStreamOptions
        {
            Mode = isKept ? FileMode.Append : FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = share,
            BufferSize = 0,
            Options = isKept ? FileOptions.None : FileOptions.DeleteOnClose,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    private static string ReasonOf(Exception exception, string path) => exception switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        DirectoryNotFoundException => "its directory does not exist",
        UnauthorizedAccessException => "this user is not permitted to",
        PathTooLongException => "the path is too long",
        // .NET locks files that it writes to; a second writer is stopped by the lock on Unix, and by the sharing mode on Windows.
        IOException when File.Exists(path) => "another process writes to it, or the disk is full",
        IOException => "the system cannot create it there",
        _ => "it is not a valid file path",
    };

    private static string? Complain(string path, Action<string> open)
    {
        try
        {
            open(path);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return $"LOG_FILE: \"{path}\" cannot be opened for appending: {ReasonOf(exception, path)}; allowed: "
                + Variables.All.Single(variable => variable.Name == "LOG_FILE").Allowed;
        }
    }
}
