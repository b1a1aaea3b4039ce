namespace LlamaGate.Api.Configuration;

/// <summary>
/// Checks before the start that DATA_DIR can be used: that it can be created, or is a directory in which this user may create files. A full or
/// read-only disk is not checked, because accounts that cannot be written must not keep the gateway from serving.
/// </summary>
internal static class DataDirectoryAccess
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    /// <summary>For a process that is about to serve.</summary>
    /// <param name="path">DATA_DIR.</param>
    /// <returns>The error, or null. The directory exists afterwards.</returns>
    public static string? CheckAsWriter(string path) => Complain(path, isKept: true);

    /// <summary>For a process that only checks.</summary>
    /// <param name="path">DATA_DIR.</param>
    /// <returns>The error, or null. A directory that did not exist still does not exist.</returns>
    public static string? CheckAsOnlooker(string path) => Complain(path, isKept: false);

    private static string? Complain(string path, bool isKept)
    {
        var reason = File.Exists(path) ? "it is a file" : Directory.Exists(path) ? FindRefusal(path) : FindObstacle(path, isKept);
        return reason is null ? null : $"DATA_DIR: \"{path}\" cannot be used: {reason}; allowed: "
            + Variables.All.Single(variable => variable.Name == "DATA_DIR").Allowed;
    }

    private static string? FindRefusal(string directory)
    {
        try
        {
            var probe = Path.Combine(directory, $".llamagate-{Guid.NewGuid():N}");
            new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose).Dispose();
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return "this user is not permitted to create files in it";
        }
        catch (IOException)
        {
            // The disk. The store says so, and writes later.
            return null;
        }
    }

    private static string? FindObstacle(string path, bool isKept)
    {
        try
        {
            var missing = FirstMissing(Path.GetFullPath(path));
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(path);
            }
            else
            {
                Directory.CreateDirectory(path, OwnerOnly);
            }

            if (!isKept)
            {
                DeleteEmpty(Path.GetFullPath(path), missing);
            }

            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return exception switch
            {
                UnauthorizedAccessException => "this user is not permitted to create it",
                PathTooLongException => "the path is too long",
                IOException => "the system cannot create it there",
                _ => "it is not a valid path",
            };
        }
    }

    /// <summary>Deletes what was created, unless somebody has put something into it meanwhile.</summary>
    private static void DeleteEmpty(string path, string topmost)
    {
        try
        {
            for (var made = path; made.Length >= topmost.Length; made = Path.GetDirectoryName(made) ?? "")
            {
                Directory.Delete(made);
            }
        }
        catch (IOException)
        {
            // It is used now.
        }
    }

    /// <summary>The topmost directory of the path that does not exist.</summary>
    private static string FirstMissing(string path)
    {
        while (Path.GetDirectoryName(path) is { } parent && !Directory.Exists(parent))
        {
            path = parent;
        }

        return path;
    }
}
