using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.Tests.Configuration.Hosts;

/// <summary>A HOSTS_FILE in a directory of its own, readable by its owner only.</summary>
internal sealed class HostsFileBed : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("llamagate-hosts-");

    public string Path => PathOf("hosts.json");

    public static DateTimeOffset Now { get; } = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    public string PathOf(string name) => System.IO.Path.Combine(_directory.FullName, name);

    public string Write(string name, string text, bool isOpen = false)
    {
        var path = PathOf(name);
        File.WriteAllText(path, text);
        if (!OperatingSystem.IsWindows())
        {
            var mode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            File.SetUnixFileMode(path, isOpen ? mode | UnixFileMode.OtherRead : mode);
        }

        return path;
    }

    public HostsFileReading Read() => HostsFile.Read(Path, Now);

    public HostsFileReading Read(string json)
    {
        Write("hosts.json", json);
        return Read();
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
