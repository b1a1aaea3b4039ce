using LlamaGate.Infrastructure.Accounts.Sqlite;

namespace LlamaGate.Infrastructure.Tests.Accounts;

/// <summary>That the library is then loaded, the test of the single binary shows.</summary>
public sealed class NativeSqliteTests : IDisposable
{
    private static readonly byte[] Content = [.. "a library"u8];

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-native-").FullName;

    [Fact]
    public void Unpack_Library_WritesItOnceUnderItsHash()
    {
        var path = Unpack();
        Assert.Equal(Content, File.ReadAllBytes(path));
        var written = File.GetLastWriteTimeUtc(path);
        Assert.Equal(path, Unpack());
        Assert.Equal(written, File.GetLastWriteTimeUtc(path));
        Assert.Equal([path], Directory.GetFiles(_directory));
    }

    [Fact]
    public void Unpack_OverAFileWithOtherContent_ReplacesIt()
    {
        var path = Unpack();
        File.WriteAllText(path, "something else");
        Assert.Equal(Content, File.ReadAllBytes(Unpack()));
    }

    [Fact]
    public void Unpack_AtTheSameTime_LeavesOneWholeFile()
    {
        Parallel.For(0, 20, _ => Unpack());
        Assert.Equal(Content, File.ReadAllBytes(Assert.Single(Directory.GetFiles(_directory))));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string Unpack() => NativeSqlite.Unpack(new MemoryStream(Content), _directory);
}
