namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Reads a keys file as a whole, after checking who else may read it.</summary>
internal static class KeysFileAccess
{
    public const int MaxBytes = 64 * 1024 * 1024;

    private const UnixFileMode Others =
        UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="mayBeOpen">The mode is not checked. On Windows it never is.</param>
    /// <returns>Null when the file cannot be used; the fault then says why.</returns>
    public static byte[]? Read(string path, bool mayBeOpen, FaultList faults)
    {
        try
        {
            // Nobody is kept from replacing the file meanwhile.
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
            if (!mayBeOpen && FindOpenMode(file) is { } mode)
            {
                faults.Add(line: null, $"can be read or written by users other than its owner (mode {mode}); run chmod 600 on it, "
                    + "or set KEYS_FILE_MODE=open");
                return null;
            }

            return ReadAll(file, faults);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            faults.Add(line: null, $"cannot be read: {ReasonOf(exception, path)}");
            return null;
        }
    }

    private static string? FindOpenMode(FileStream file)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        // Of the file that is open: the path may lead to another one by now.
        var mode = File.GetUnixFileMode(file.SafeFileHandle);
        return (mode & Others) is UnixFileMode.None ? null : Convert.ToString((int)mode, toBase: 8);
    }

    private static byte[]? ReadAll(FileStream file, FaultList faults)
    {
        if (file.Length > MaxBytes)
        {
            faults.Add(line: null, $"is larger than {MaxBytes / 1024 / 1024} MiB");
            return null;
        }

        var buffer = new byte[(int)file.Length + 1];
        var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        if (length < buffer.Length)
        {
            return buffer[..length];
        }

        faults.Add(line: null, "was changed while it was read");
        return null;
    }

    private static string ReasonOf(Exception exception, string path) => exception switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "this user has no permission",
        _ => "the system refused it",
    };
}
