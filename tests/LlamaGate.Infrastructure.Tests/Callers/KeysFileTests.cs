using System.Text.Json.Nodes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers;

namespace LlamaGate.Infrastructure.Tests.Callers;

public sealed class KeysFileTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly TemporaryKeysFile _file = new();
    private readonly KeysFile _keys = new(TimeProvider.System);

    [Fact]
    public async Task Add_ToNoFile_CreatesItForItsOwnerOnly()
    {
        var secret = await AddAsync("alice");
        Assert.Matches("^lg-[A-Za-z0-9_-]{43}$", secret);
        var key = Assert.Single(_keys.Read(_file.Options).Keys);
        Assert.Equal(("alice", KeyDigest.Of(secret)), (key.Id, Assert.Single(key.Digests)));
        Assert.NotNull(key.Created);
        Assert.DoesNotContain(secret, _file.Text, StringComparison.Ordinal);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(OwnerOnly, File.GetUnixFileMode(_file.Path));
        }
    }

    [Fact]
    public async Task Add_AtOnce_LosesNone()
    {
        // Many writers of one process; tests of the commands have several processes.
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => AddAsync($"k{i}"))));
        Assert.Equal(20, _keys.Read(_file.Options).Keys.Count);
        Assert.Equal(["keys.json"], Directory.GetFiles(_file.Directory).Select(Path.GetFileName).Where(name => !name!.EndsWith(".lock", StringComparison.Ordinal)), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Rotate_KeepingTheOld_HasTheNewestTwo()
    {
        var first = await AddAsync("alice");
        var second = await RotateAsync("alice", keepsOld: true);
        var third = await RotateAsync("alice", keepsOld: true);
        Assert.Equal([KeyDigest.Of(third), KeyDigest.Of(second)], Digests("alice"));
        Assert.Equal(1, await _keys.FinishRotationAsync(_file.Options, "alice", CancellationToken.None));
        Assert.Equal([KeyDigest.Of(third)], Digests("alice"));
        Assert.Equal(3, new[] { first, second, third }.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Rotate_DroppingTheOld_HasTheNewOne()
    {
        await AddAsync("alice");
        var second = await RotateAsync("alice", keepsOld: false);
        Assert.Equal([KeyDigest.Of(second)], Digests("alice"));
    }

    /// <summary>The disk is full, say, to which the caller redirects the key.</summary>
    [Fact]
    public async Task Change_WhoseSecretCannotBeShown_IsNotMade()
    {
        var first = await AddAsync("alice");
        Task Fail(string secret) => throw new IOException("No space left on device");
        await Assert.ThrowsAsync<IOException>(() => _keys.RotateAsync(_file.Options, "alice", keepsOld: false, Fail, CancellationToken.None));
        await Assert.ThrowsAsync<IOException>(
            () => _keys.AddAsync(_file.Options, new JsonObject { ["id"] = "bob" }, Fail, CancellationToken.None));
        Assert.Equal([KeyDigest.Of(first)], Digests("alice"));
        Assert.Single(_keys.Read(_file.Options).Keys);
    }

    [Fact]
    public async Task Revoke_OneOfTwo_LeavesTheOther()
    {
        await AddAsync("alice");
        await AddAsync("bob");
        await _keys.RevokeAsync(_file.Options, "alice", CancellationToken.None);
        Assert.Equal("bob", Assert.Single(_keys.Read(_file.Options).Keys).Id);
    }

    [Fact]
    public async Task Change_OfWhatIsNotThere_SaysSo()
    {
        await AddAsync("alice");
        await AssertRefusedAsync($"the key \"alice\" already exists in {_file.Path}", () => AddAsync("alice"));
        await AssertRefusedAsync(
            $"there is no key \"bob\" in {_file.Path}", () => RotateAsync("bob", keepsOld: true));
        await AssertRefusedAsync(
            $"there is no key \"bob\" in {_file.Path}", () => _keys.RevokeAsync(_file.Options, "bob", CancellationToken.None));
        File.Delete(_file.Path);
        await AssertRefusedAsync(
            $"{_file.Path} cannot be read: it does not exist", () => _keys.RevokeAsync(_file.Options, "bob", CancellationToken.None));
    }

    [Fact]
    public async Task Change_OfABrokenFile_LeavesIt()
    {
        _file.Write("{\"keys\":[{}]}");
        await Assert.ThrowsAsync<KeysFileException>(() => AddAsync("alice"));
        Assert.Equal("{\"keys\":[{}]}", _file.Text);
    }

    [Fact]
    public async Task Add_ToAnEmptyFile_FillsIt()
    {
        _file.Write("");
        await AddAsync("alice");
        Assert.Equal("alice", Assert.Single(_keys.Read(_file.Options).Keys).Id);
    }

    [Fact]
    public async Task Add_ThroughALink_KeepsTheLink()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _file.Write("{\"keys\":[]}");
        var link = Path.Combine(Directory.CreateDirectory(Path.Combine(_file.Directory, "links")).FullName, "link.json");
        File.CreateSymbolicLink(link, _file.Path);
        await _keys.AddAsync(new KeysFileOptions(link), new JsonObject { ["id"] = "alice" }, ShowNothing, CancellationToken.None);
        Assert.NotNull(new FileInfo(link).LinkTarget);
        Assert.Equal("alice", Assert.Single(_keys.Read(_file.Options).Keys).Id);
    }

    [Fact]
    public async Task Change_OfAFileOpenToOthers_IsRefusedUnlessAllowedAndKeepsItsMode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _file.Write("{\"keys\":[]}");
        File.SetUnixFileMode(_file.Path, OwnerOnly | UnixFileMode.GroupRead);
        await Assert.ThrowsAsync<KeysFileException>(() => AddAsync("alice"));
        await _keys.AddAsync(_file.Options with { MayBeOpen = true }, new JsonObject { ["id"] = "alice" }, ShowNothing, CancellationToken.None);
        Assert.Equal(OwnerOnly | UnixFileMode.GroupRead, File.GetUnixFileMode(_file.Path));
    }

    [Fact]
    public async Task Add_WhereNoDirectoryIs_SaysSo()
    {
        var path = Path.Combine(_file.Directory, "nowhere", "keys.json");
        await AssertRefusedAsync(
            $"{path} cannot be written: its directory does not exist",
            () => _keys.AddAsync(new KeysFileOptions(path), new JsonObject { ["id"] = "alice" }, ShowNothing, CancellationToken.None));
    }

    public void Dispose() => _file.Dispose();

    private static async Task AssertRefusedAsync(string expected, Func<Task> change) =>
        Assert.Equal(expected, Assert.Single((await Assert.ThrowsAsync<KeysFileException>(change)).Complaints));

    private Task<string> AddAsync(string id) =>
        ShownAsync(show => _keys.AddAsync(_file.Options, new JsonObject { ["id"] = id }, show, CancellationToken.None));

    private Task<string> RotateAsync(string id, bool keepsOld) =>
        ShownAsync(show => _keys.RotateAsync(_file.Options, id, keepsOld, show, CancellationToken.None));

    private static Task ShowNothing(string secret) => Task.CompletedTask;

    private static async Task<string> ShownAsync(Func<Func<string, Task>, Task> change)
    {
        var shown = "";
        await change(secret =>
        {
            shown = secret;
            return Task.CompletedTask;
        });
        return shown;
    }

    private IReadOnlyList<KeyDigest> Digests(string id) => _keys.Read(_file.Options).Keys.Single(key => key.Id == id).Digests;
}
