using LlamaGate.Application.Abstractions;

namespace LlamaGate.Infrastructure.Tests.Callers;

/// <summary>A keys file in a directory of its own.</summary>
internal sealed class TemporaryKeysFile : IDisposable
{
    public string Directory { get; } = System.IO.Directory.CreateTempSubdirectory("llamagate-keys-").FullName;

    public string Path => System.IO.Path.Combine(Directory, "keys.json");

    public KeysFileOptions Options => new(Path);

    public string Text => File.ReadAllText(Path);

    /// <summary>In place, as an editor does that keeps the file.</summary>
    public void Write(string text, DateTime? modified = null)
    {
        File.WriteAllText(Path, text);
        Restrict(Path);
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(Path, time);
        }
    }

    /// <summary>By another file that takes its name.</summary>
    public void Replace(string text, DateTime? modified = null)
    {
        var other = Path + ".new";
        File.WriteAllText(other, text);
        Restrict(other);
        if (modified is { } time)
        {
            File.SetLastWriteTimeUtc(other, time);
        }

        File.Move(other, Path, overwrite: true);
    }

    public static void Restrict(string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    public void Dispose() => System.IO.Directory.Delete(Directory, recursive: true);
}
