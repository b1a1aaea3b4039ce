using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Callers;

public sealed class CallerDirectoryTests : IDisposable
{
    private static readonly DateTime LongAgo = new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryKeysFile _file = new();
    private readonly FakeTimeProvider _clock = new(new DateTimeOffset(2026, 11, 29, 12, 0, 0, TimeSpan.Zero));
    private readonly CollectedLog<CallerDirectory> _log = new();
    private string _apiKey = "";
    private string _adminKey = "";

    [Fact]
    public void Find_KeysOfTheFile_AreTheirCallers()
    {
        _file.Write(KeysSample.Of(
            $$"""{"id":"alice","hash":["{{KeysSample.HashOf("new")}}","{{KeysSample.HashOf("old")}}"],"models":["a*"],"cache":"own","rate_limit_rps":2}""",
            KeysSample.Key("bob", "3")));
        using var directory = Open();
        Assert.True(directory.IsKeyRequired);
        Assert.Equal(KeyVerdict.Right, directory.Find("new", out var alice));
        Assert.Equal(KeyVerdict.Right, directory.Find("old", out var same));
        Assert.Same(alice, same);
        Assert.Equal(("alice", true, 2m, CacheScope.Own), (alice!.Id, alice.HasKey, alice.Policy.RateLimitRps, alice.Policy.Cache));
        Assert.Equal((true, false), (alice.Policy.Models.Allows("abc"), alice.Policy.Models.Allows("b")));
        Assert.Equal(KeyVerdict.Right, directory.Find("3", out var bob));
        Assert.Equal(("bob", 10m), (bob!.Id, bob.Policy.RateLimitRps));
        Assert.Equal(KeyVerdict.Unknown, directory.Find("4", out var nobody));
        Assert.Null(nobody);
    }

    [Fact]
    public void Find_ApiKey_IsDefaultAndFollowsTheSetting()
    {
        using var directory = Open(withFile: false);
        Assert.False(directory.IsKeyRequired);
        Assert.Equal(KeyVerdict.Unknown, directory.Find("", out _));
        _apiKey = "sesame";
        Assert.True(directory.IsKeyRequired);
        Assert.Equal(KeyVerdict.Right, directory.Find("sesame", out var caller));
        Assert.Equal(("default", true), (caller!.Id, caller.HasKey));
        _apiKey = "other";
        Assert.Equal(KeyVerdict.Unknown, directory.Find("sesame", out _));
        Assert.Equal(KeyVerdict.Right, directory.Find("other", out _));
    }

    [Fact]
    public void Find_AdminKey_IsAnAdministratorsAndRequiresNoKeyOfOthers()
    {
        using var directory = Open(withFile: false);
        Assert.False(directory.HasAdmin);
        _adminKey = "open sesame";
        Assert.Equal((true, false), (directory.HasAdmin, directory.IsKeyRequired));
        Assert.Equal(KeyVerdict.Right, directory.Find("open sesame", out var caller));
        Assert.Equal(("admin", true, true), (caller!.Id, caller.Policy.IsAdmin, caller.Policy.IsAdminOnly));
        Assert.True(directory.IsInForce(caller));
        _adminKey = "another";
        Assert.Equal(KeyVerdict.Unknown, directory.Find("open sesame", out _));
        _adminKey = "";
        Assert.Equal(KeyVerdict.Unknown, directory.Find("", out _));
    }

    [Theory]
    [InlineData("\"admin\":true", true)]
    [InlineData("\"admin\":false", false)]
    [InlineData("\"admin\":true,\"disabled\":true", false)]
    [InlineData("\"admin\":true,\"expires\":\"2026-11-29T11:00:00Z\"", false)]
    public void HasAdmin_ByAKeyOfTheFile_IsSoWhileItIsValid(string members, bool hasAdmin)
    {
        _file.Write(KeysSample.With(members));
        using var directory = Open();
        Assert.Equal(hasAdmin, directory.HasAdmin);
        Assert.Equal(["alice"], directory.List().Select(key => key.Id), StringComparer.Ordinal);
    }

    [Fact]
    public void Find_Expired_IsSoFromItsTimeOn()
    {
        _file.Write(KeysSample.With("\"expires\":\"2026-11-29T12:00:05Z\""));
        using var directory = Open();
        _clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(KeyVerdict.Right, directory.Find(KeysSample.Secret, out _));
        _clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(KeyVerdict.Expired, directory.Find(KeysSample.Secret, out _));
    }

    [Fact]
    public void Find_Disabled_IsNotRight()
    {
        _file.Write(KeysSample.With("\"disabled\":true"));
        using var directory = Open();
        Assert.Equal(KeyVerdict.Disabled, directory.Find(KeysSample.Secret, out _));
    }

    /// <summary>With the same length and time, in place and by another file: neither of them says that it changed.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Change_OfSameLengthAndTime_IsInForceAfterASecond(bool replaces)
    {
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "1")), LongAgo);
        using var directory = Open();
        var changed = KeysSample.Of(KeysSample.Key("alice", "2"));
        (replaces ? (Action<string, DateTime?>)_file.Replace : _file.Write)(changed, LongAgo);
        Assert.Equal(KeyVerdict.Right, directory.Find("1", out _));
        _clock.Advance(CallerDirectory.Period);
        Assert.Equal(KeyVerdict.Unknown, directory.Find("1", out _));
        Assert.Equal(KeyVerdict.Right, directory.Find("2", out _));
    }

    [Fact]
    public void Change_OfALargeFile_IsInForceAfterASecond()
    {
        var many = Enumerable.Range(0, 15_000).Select(i => KeysSample.Key($"k{i}", $"{i}")).ToArray();
        _file.Write(KeysSample.Of(many), LongAgo);
        Assert.True(new FileInfo(_file.Path).Length > 1024 * 1024);
        using var directory = Open();
        _clock.Advance(CallerDirectory.Period);
        many[7] = KeysSample.Key("k7", "other");
        _file.Replace(KeysSample.Of(many), LongAgo.AddDays(1));
        _clock.Advance(CallerDirectory.Period);
        Assert.Equal(KeyVerdict.Unknown, directory.Find("7", out _));
        Assert.Equal(KeyVerdict.Right, directory.Find("other", out _));
        Assert.Equal(15_000, directory.Keys!.Count);
    }

    /// <summary>As Kubernetes changes a mounted secret: a link to a directory is swapped.</summary>
    [Fact]
    public void Change_BySwappedLink_IsInForceAfterASecond()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var (version, secret) in new[] { ("v1", "1"), ("v2", "2") })
        {
            var folder = Directory.CreateDirectory(Path.Combine(_file.Directory, version)).FullName;
            File.WriteAllText(Path.Combine(folder, "keys.json"), KeysSample.Of(KeysSample.Key("alice", secret)));
            TemporaryKeysFile.Restrict(Path.Combine(folder, "keys.json"));
        }

        var data = Path.Combine(_file.Directory, "data");
        Directory.CreateSymbolicLink(data, "v1");
        File.CreateSymbolicLink(_file.Path, "data/keys.json");
        using var directory = Open();
        Assert.Equal(KeyVerdict.Right, directory.Find("1", out _));
        Directory.CreateSymbolicLink(data + ".new", "v2");
        Directory.Delete(data);
        Directory.Move(data + ".new", data);
        _clock.Advance(CallerDirectory.Period);
        Assert.Equal(KeyVerdict.Right, directory.Find("2", out _));
        Assert.Equal(KeyVerdict.Unknown, directory.Find("1", out _));
    }

    [Fact]
    public void Change_ThatIsBroken_KeepsTheOldAndIsLoggedOnce()
    {
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "1")));
        using var directory = Open();
        _file.Write("{\"keys\":[\n{\"id\":\"alice\",\"hash\":\"lg-plain\"}]}");
        for (var i = 0; i < 5; i++)
        {
            _clock.Advance(CallerDirectory.Period);
        }

        Assert.Equal(KeyVerdict.Right, directory.Find("1", out _));
        var line = Assert.Single(_log.Lines(LogLevel.Error));
        Assert.Contains("the old keys stay in force: line 2 of " + _file.Path, line, StringComparison.Ordinal);
        Assert.Contains("keys[0].hash of key \"alice\" must be", line, StringComparison.Ordinal);
        Assert.StartsWith("line 2: keys[0].hash must be", directory.Keys!.Fault, StringComparison.Ordinal);
        Assert.Equal((1, _clock.GetUtcNow() - TimeSpan.FromSeconds(5)), (directory.Keys.Count, directory.Keys.LoadedAt));

        _file.Write(KeysSample.Of(KeysSample.Key("bob", "2"), KeysSample.Key("carol", "3")));
        _clock.Advance(CallerDirectory.Period);
        Assert.Equal(KeyVerdict.Right, directory.Find("2", out _));
        Assert.Equal(new KeysState(2, _clock.GetUtcNow(), Fault: null), directory.Keys);
        Assert.Contains(_log.Lines(LogLevel.Information), line => line.Contains("2 keys are in force", StringComparison.Ordinal));
    }

    [Fact]
    public void Change_FileGone_KeepsTheOldAndComesBack()
    {
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "1")));
        using var directory = Open();
        File.Delete(_file.Path);
        _clock.Advance(CallerDirectory.Period);
        Assert.Equal(KeyVerdict.Right, directory.Find("1", out _));
        Assert.Equal("the file cannot be read: it does not exist", directory.Keys!.Fault);
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "1")));
        _clock.Advance(CallerDirectory.Period);
        Assert.Null(directory.Keys.Fault);
    }

    [Fact]
    public void Reload_WithoutWaiting_TakesTheFile()
    {
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "1")));
        using var directory = Open();
        _file.Write(KeysSample.Of(KeysSample.Key("alice", "2")));
        directory.Reload();
        Assert.Equal(KeyVerdict.Right, directory.Find("2", out _));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    public void Mode_OpenToOthers_PreventsTheStartUnlessAllowed(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _file.Write(KeysSample.With(""));
        File.SetUnixFileMode(_file.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | others);
        var exception = Assert.Throws<KeysFileException>(() => Open());
        Assert.Contains("run chmod 600 on it, or set KEYS_FILE_MODE=open", Assert.Single(exception.Complaints), StringComparison.Ordinal);
        using var directory = Open(_file.Options with { MayBeOpen = true });
        Assert.Equal(KeyVerdict.Right, directory.Find(KeysSample.Secret, out _));
    }

    [Theory]
    [InlineData(null, "cannot be read: it does not exist")]
    [InlineData("{\"keys\":[{}]}", "has no \"id\"")]
    public void Start_WithoutAUsableFile_Fails(string? text, string reason)
    {
        if (text is not null)
        {
            _file.Write(text);
        }

        Assert.Contains(reason, Assert.Throws<KeysFileException>(() => Open()).Message, StringComparison.Ordinal);
    }

    /// <summary>Ten thousand keys cost a request what one does: one hash, one look-up, no memory.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(10_000)]
    public void Find_AmongManyKeys_AllocatesNothing(int count)
    {
        _file.Write(KeysSample.Of([.. Enumerable.Range(0, count).Select(i => KeysSample.Key($"k{i}", $"lg-{i}"))]));
        using var directory = Open();
        var last = $"lg-{count - 1}";
        Assert.Equal(KeyVerdict.Right, directory.Find(last, out _));
        Assert.Equal(KeyVerdict.Unknown, directory.Find("wrong", out _));
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            _ = directory.Find(last, out _);
            _ = directory.Find("wrong", out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    public void Dispose() => _file.Dispose();

    private CallerDirectory Open(KeysFileOptions? file = null, bool withFile = true) => new(
        new CallerDirectoryOptions { File = withFile ? file ?? _file.Options : null, ApiKey = () => _apiKey, AdminKey = () => _adminKey, RateLimitRps = 10 }, _clock, _log);
}
