namespace LlamaGate.Api.Configuration;

/// <summary>
/// Makes sure before the start that LOG_FILE can be written: a sink that fails later does so silently. A new file is
/// for its owner alone, because addresses of callers are in it; the mode of a file that is there is its owner's choice.
/// </summary>
internal static class LogFileAccess
{
    /// <summary>Windows says so of a file that another process writes to and lets nobody else.</summary>
    private const int SharingViolation = unchecked((int)0x80070020);

    /// <summary>Unix locks know only all or nothing, and bind no mere reader; on Windows a reader may stay.</summary>
    private static FileShare NoOtherWriter => OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    /// <summary>For a process that is about to write, and has to be the only one: two would overwrite each other.</summary>
    /// <param name="path">LOG_FILE.</param>
    /// <returns>The complaint, or null. The file is there afterwards.</returns>
    public static string? CheckAsWriter(string path) => Complain(path, static path => Open(path, NoOtherWriter).Dispose());

    /// <summary>
    /// For a process that only looks: the gateway may well be running, and a file that this one left behind might be another
    /// user's than the gateway's, which could then not write to it.
    /// </summary>
    /// <param name="path">LOG_FILE.</param>
    /// <returns>The complaint, or null. A file that was not there still is not.</returns>
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

    /// <summary>For appending; a file that is not there is made, for its owner alone.</summary>
    /// <param name="path">LOG_FILE.</param>
    /// <param name="share">What others may do with it meanwhile.</param>
    /// <param name="isKept">False: the file must be a new one, and goes when it is closed.</param>
    public static FileStream Open(string path, FileShare share, bool isKept = true)
    {
        var options = new FileStreamOptions
        {
            Mode = isKept ? FileMode.Append : FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = share,
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
        // .NET locks what it writes to; on Unix a second writer meets the lock, on Windows the sharing mode.
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
