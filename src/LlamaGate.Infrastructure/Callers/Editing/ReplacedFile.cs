using System.Security.Cryptography;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Callers.Editing;

/// <summary>Replaces a file as a whole. A reader sees either the old text or the new one, even after a power failure.</summary>
internal static class ReplacedFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int NameBytes = 8;

    /// <param name="keepsMode">An existing file's mode stays; otherwise only the owner may read the new file.</param>
    /// <exception cref="KeysFileException">It cannot be written.</exception>
    public static void Write(string path, byte[] text, bool keepsMode)
    {
        var directory = Path.GetDirectoryName(Path.GetFullPath(path)) ?? "";
        var random = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes));
        var temporary = Path.Combine(directory, $".{Path.GetFileName(path)}.{random}.tmp");
        try
        {
            WriteNew(temporary, text);
            if (keepsMode && !OperatingSystem.IsWindows() && File.Exists(path))
            {
                File.SetUnixFileMode(temporary, File.GetUnixFileMode(path));
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            TryDelete(temporary);
            throw new KeysFileException($"{path} cannot be written: {ReasonOf(exception)}");
        }
    }

    private static void WriteNew(string path, byte[] text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using var file = new FileStream(path, options);
        file.Write(text);
        file.Flush(flushToDisk: true);
    }

    private static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It holds hashes only, and only its owner can read it.
        }
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        UnauthorizedAccessException => "this user has no permission",
        DirectoryNotFoundException => "its directory does not exist",
        _ => "the disk is full, or the system refused it",
    };
}
