using System.Collections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public sealed class EnvFileLocationTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Theory]
    [InlineData(true, true, true, "given")]
    [InlineData(false, true, true, "work/.env")]
    [InlineData(false, false, true, "user/.env")]
    [InlineData(false, false, false, "machine/.env")]
    public void Read_SeveralFiles_TakesTheNearestAlone(bool given, bool local, bool user, string expected)
    {
        Write("given", given);
        Write("work/.env", local);
        Write("user/.env", user);
        Write("machine/.env", exists: true);
        var location = new EnvFileLocation(
            given ? PathOf("given") : null, PathOf("work"), [PathOf("user/.env"), PathOf("machine/.env")]);
        Assert.Equal(PathOf(expected), location.Read(out var warnings).Path);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Read_NoFileAnywhere_IsNoError()
    {
        var file = new EnvFileLocation(Given: null, _directory, [PathOf("none/.env")]).Read(out _);
        Assert.Equal((null, 0), (file.Path, file.Errors.Count));
    }

    [Fact]
    public void InstalledPlaces_OnUnix_AreThoseOfTheInstaller()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Assert.Equal(
            ["/home/me/.config/llamagate/.env", "/etc/llamagate/.env"],
            EnvFileLocation.InstalledPlaces("/home/me/.local/bin/llamagate", new Hashtable { ["HOME"] = "/home/me" }), StringComparer.Ordinal);
        Assert.Equal(
            ["/cfg/llamagate/.env", "/etc/llamagate/.env"],
            EnvFileLocation.InstalledPlaces("/x", new Hashtable { ["HOME"] = "/home/me", ["XDG_CONFIG_HOME"] = "/cfg" }), StringComparer.Ordinal);
        Assert.Equal(["/etc/llamagate/.env"], EnvFileLocation.InstalledPlaces("/x", new Hashtable()), StringComparer.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private string PathOf(string name) => Path.Combine(_directory, name);

    private void Write(string name, bool exists)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(name))!);
        if (exists)
        {
            File.WriteAllText(PathOf(name), "PORT=9000\n");
        }
    }
}
