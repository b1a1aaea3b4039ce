using LlamaGate.Api.Configuration.Files;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Api.Tests.Configuration.Files;

public sealed class FileWatchTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("llamagate-watch-");
    private readonly FakeTimeProvider _clock = new(TimeProvider.System.GetUtcNow());
    private readonly List<string> _taken = [];
    private readonly FileWatch<Reading> _watch;
    private int _reads;

    public FileWatchTests()
    {
        File.WriteAllText(Path, "first");
        _watch = new FileWatch<Reading>(Read(), Read, reading => _taken.Add(reading.Stamp), _clock);
        _watch.Start();
    }

    private string Path => System.IO.Path.Combine(_directory.FullName, "file");

    [Fact]
    public void Poll_NewContent_IsTakenAtTheNextLookAndOnce()
    {
        File.WriteAllText(Path, "other");
        Poll();
        Poll();
        Assert.Equal(["other"], _taken);
        Assert.True(2 * FileWatch<Reading>.Period < TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void Poll_Fault_IsTakenOnlyWhenASecondLookSeesTheSame()
    {
        File.WriteAllText(Path, "broken 1");
        Poll();
        File.WriteAllText(Path, "broken 2");
        Poll();
        Assert.Empty(_taken);
        Poll();
        Poll();
        Assert.Equal(["broken 2"], _taken);
        File.WriteAllText(Path, "first");
        Poll();
        Assert.Equal(["broken 2", "first"], _taken);
    }

    [Fact]
    public void Poll_HalfWrittenFile_IsNeverTaken()
    {
        File.WriteAllText(Path, "broken");
        Poll();
        File.WriteAllText(Path, "whole");
        Poll();
        Assert.Equal(["whole"], _taken);
    }

    [Fact]
    public void Poll_RenamedOver_IsSeen()
    {
        var next = Path + ".new";
        File.WriteAllText(next, "next!");
        File.SetLastWriteTimeUtc(next, File.GetLastWriteTimeUtc(Path));
        File.Move(next, Path, overwrite: true);
        Poll();
        Assert.Equal(["next!"], _taken);
    }

    [Fact]
    public void Poll_SwappedLinkOfADirectory_IsSeen()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.Delete(Path);
        Swap("1", "links");
        File.CreateSymbolicLink(Path, System.IO.Path.Combine("..data", "file"));
        Poll();
        Swap("2", "other links");
        Poll();
        Assert.Equal(["links", "other links"], _taken);
    }

    [Fact]
    public void Poll_SettledFile_IsNotReadEachTimeButOnceAMinute()
    {
        File.SetLastWriteTimeUtc(Path, _clock.GetUtcNow().UtcDateTime.AddHours(-1));
        Poll();
        var reads = _reads;
        for (var i = 0; i < 10; i++)
        {
            Poll();
        }

        Assert.Equal(reads, _reads);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.True(_reads > reads);
    }

    [Fact]
    public void Look_Fault_IsTakenAtOnce()
    {
        File.WriteAllText(Path, "broken");
        _watch.Look();
        Assert.Equal(["broken"], _taken);
    }

    public void Dispose()
    {
        _watch.Dispose();
        _directory.Delete(recursive: true);
    }

    private void Poll() => _clock.Advance(FileWatch<Reading>.Period);

    private Reading Read()
    {
        _reads++;
        var text = File.ReadAllText(Path);
        return new Reading(text, !text.StartsWith("broken", StringComparison.Ordinal), [Path]);
    }

    private void Swap(string version, string text)
    {
        var directory = Directory.CreateDirectory(System.IO.Path.Combine(_directory.FullName, version)).FullName;
        File.WriteAllText(System.IO.Path.Combine(directory, "file"), text);
        var current = System.IO.Path.Combine(_directory.FullName, "..data");
        if (Directory.Exists(current))
        {
            Directory.Delete(current);
        }

        Directory.CreateSymbolicLink(current, directory);
    }

    private sealed record Reading(string Stamp, bool IsUsable, IReadOnlyList<string> Paths) : IFileReading;
}
