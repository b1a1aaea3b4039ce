namespace LlamaGate.Api.Configuration;

/// <summary>
/// Makes sure before the start that LOG_FILE can be written: a sink that fails later does so silently. A new file is
/// for its owner alone, because addresses of callers are in it; the mode of a file that is there is its owner's choice.
/// </summary>
internal static class LogFileAccess
{
    /// <summary>Unix locks know only all or nothing, and bind no mere reader; on Windows a reader may stay.</summary>
    private static FileShare NoOtherWriter => OperatingSystem.IsWindows() ? FileShare.Read : FileShare.None;

    /// <param name="path">LOG_FILE.</param>
    /// <param name="asOnlyWriter">
    /// True where this process is about to write, because two writers would overwrite each other; false where it only
    /// looks, because the gateway may well be running.
    /// </param>
    /// <returns>The complaint, or null.</returns>
    public static string? Check(string path, bool asOnlyWriter)
    {
        try
        {
            Open(path, asOnlyWriter ? NoOtherWriter : FileShare.ReadWrite).Dispose();
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or ArgumentException or NotSupportedException)
        {
            return $"LOG_FILE: \"{path}\" cannot be opened for appending ({exception.GetType().Name}); allowed: "
                + Variables.All.Single(variable => variable.Name == "LOG_FILE").Allowed;
        }
    }

    /// <summary>For appending; a file that is not there is made, for its owner alone.</summary>
    public static FileStream Open(string path, FileShare share)
    {
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }
}
