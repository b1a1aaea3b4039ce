using System.Text;
using LlamaGate.Api.Logging;

namespace LlamaGate.Api.Tests.Logging;

public sealed class ReopeningFileTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    /// <summary>The device that is always full stands for a disk that is full for a while.</summary>
    [Fact]
    public void Write_AfterAFullDisk_GoesOnInANewLine()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var path = Path.Combine(_directory, "gate.log");
        File.CreateSymbolicLink(path, "/dev/full");
        using var file = new ReopeningFile(path);
        Assert.Throws<IOException>(() => file.Write(new StringBuilder("lost\n")));
        Assert.Throws<IOException>(() => file.Write(new StringBuilder("lost too\n")));
        File.Delete(path);
        File.WriteAllText(path, "half a li");
        file.Write(new StringBuilder("kept\n"));
        file.Write(new StringBuilder("and this\n"));

        Assert.Equal("half a li\nkept\nand this\n", File.ReadAllText(path));
    }
}
