using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers.Editing;

/// <summary>
/// Lets one process at a time change a keys file. The lock is a file of its own, because the keys file is replaced. It stays there: a lock
/// file that is deleted can be held twice.
/// </summary>
internal static class KeysFileLock
{
    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <returns>Ends the lock when it is disposed; the end of the process does so too.</returns>
    /// <exception cref="KeysFileException">It cannot be had.</exception>
    public static async Task<IDisposable> TakeAsync(string path, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        var place = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path)) ?? "", $".{Path.GetFileName(path)}.lock");
        var started = timeProvider.GetTimestamp();
        while (true)
        {
            try
            {
                return Open(place);
            }
            catch (UnauthorizedAccessException)
            {
                throw new KeysFileException($"{place} cannot be created: this user has no permission");
            }
            catch (DirectoryNotFoundException)
            {
                throw new KeysFileException($"{path} cannot be written: its directory does not exist");
            }
            catch (IOException) when (timeProvider.GetElapsedTime(started) < MaxWait)
            {
                await Task.Delay(Pause, timeProvider, cancellationToken);
            }
            catch (IOException)
            {
                throw new KeysFileException($"{path} is being changed by another process; its lock {place} was not free for 10 seconds");
            }
        }
    }

    private static FileStream Open(string place)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(place, options);
    }
}
