namespace LlamaGate.Infrastructure.Accounts.Sqlite;

/// <summary>Creates files and directories that only their owner can read.</summary>
internal static class OwnFile
{
    private const UnixFileMode FileModeOfOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode DirectoryModeOfOwner = FileModeOfOwner | UnixFileMode.UserExecute;

    /// <summary>Creates a file that must not exist.</summary>
    public static FileStream Create(string path) => Open(path, FileMode.CreateNew, FileShare.None);

    /// <summary>Opens a file for writing, alone. A missing one is created.</summary>
    public static FileStream OpenAlone(string path) => Open(path, FileMode.OpenOrCreate, FileShare.None);

    public static void CreateDirectory(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, DirectoryModeOfOwner);
        }
    }

    private static FileStream Open(string path, FileMode mode, FileShare share)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = share };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = FileModeOfOwner;
        }

        return new FileStream(path, options);
    }
}
