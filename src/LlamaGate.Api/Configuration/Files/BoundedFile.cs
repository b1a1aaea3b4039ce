namespace LlamaGate.Api.Configuration.Files;

/// <summary>Reads small files that an operator wrote. Problems are clauses that complete the name of the file.</summary>
internal static class BoundedFile
{
    private const UnixFileMode ForOthers = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <param name="path">The file.</param>
    /// <param name="maxBytes">A larger file is a problem.</param>
    /// <param name="problem">Why it cannot be read; null when it was.</param>
    /// <returns>The content; empty with a problem.</returns>
    public static byte[] Read(string path, int maxBytes, out string? problem)
    {
        problem = null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            var buffer = new byte[maxBytes + 1];
            var length = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            if (length <= maxBytes)
            {
                return buffer[..length];
            }

            problem = $"is larger than {maxBytes / 1024} KiB";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            problem = "cannot be read: " + ReasonOf(exception, path);
        }

        return [];
    }

    /// <summary>For a file with a secret; null when other users cannot read it, or the system has no such modes.</summary>
    public static string? FindOpenMode(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return null;
        }

        try
        {
            // By the open file: by its path, a symbolic link would be looked at.
            using var file = File.OpenHandle(path);
            return (File.GetUnixFileMode(file) & ForOthers) == UnixFileMode.None ? null
                : $"contains a secret and other users can read it; run: chmod o-rwx {path}";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // Reading it has the same problem and reports it.
            return null;
        }
    }

    private static string ReasonOf(Exception exception, string path) => exception switch
    {
        _ when Directory.Exists(path) => "it is a directory",
        FileNotFoundException or DirectoryNotFoundException => "it does not exist",
        UnauthorizedAccessException => "this user has no permission",
        _ => "the system refused it",
    };
}
