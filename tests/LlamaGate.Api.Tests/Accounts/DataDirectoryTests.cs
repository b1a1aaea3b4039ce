using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Accounts;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly TemporaryAccounts _accounts = new();

    [Fact]
    public void Check_MissingDirectory_CanBeCreatedAndIsNotLeftBehind()
    {
        var path = Path.Combine(_accounts.Directory, "a", "b");
        Assert.Null(DataDirectoryAccess.CheckAsOnlooker(path));
        Assert.Empty(Directory.GetFileSystemEntries(_accounts.Directory));
        Assert.Null(DataDirectoryAccess.CheckAsWriter(path));
        Assert.True(Directory.Exists(path));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void Check_DirectoryThatExists_LeavesItAsItIs()
    {
        File.WriteAllText(_accounts.File, "kept");
        Assert.Null(DataDirectoryAccess.CheckAsOnlooker(_accounts.Directory));
        Assert.Equal([_accounts.File], Directory.GetFileSystemEntries(_accounts.Directory), StringComparer.Ordinal);
    }

    [Fact]
    public void Check_FileInTheWay_IsSaidInWords()
    {
        File.WriteAllText(_accounts.File, "");
        Assert.Equal(
            $"DATA_DIR: \"{_accounts.File}\" cannot be used: it is a file; allowed: the path of a directory that can be created or written to",
            DataDirectoryAccess.CheckAsWriter(_accounts.File));
        Assert.Contains(
            "cannot be used: the system cannot create it there;",
            DataDirectoryAccess.CheckAsWriter(Path.Combine(_accounts.File, "below")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Readyz_Verbose_ShowsTheStoreAndItsFault()
    {
        await File.WriteAllTextAsync(_accounts.File, "this is no database");
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { DataDir = _accounts.Directory });
        JsonElement accounts;
        do
        {
            var answer = await bed.GetAsync("/readyz?verbose");
            Assert.Equal(200, answer.Status);
            accounts = answer.Json.GetProperty("accounts");
        }
        while (!accounts.TryGetProperty("fault", out _));
        Assert.Equal(
            """{"pending":0,"lag":0,"lost":0,"fault":"the file is damaged and was left as it is; see docs/accounts.md, \"A damaged file\""}""",
            accounts.GetRawText().Replace("\\u0022", "\\\"", StringComparison.Ordinal));
        Assert.Equal(200, (await bed.GetAsync("/health")).Status);
    }

    [Fact]
    public async Task Gateway_WithDataDir_MakesTheFileAndClosesItAtItsEnd()
    {
        await using (var bed = await GatewayOverOllama.StartAsync(settings => settings with { DataDir = _accounts.Directory }))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(_accounts.File + "-wal"), TimeSpan.FromSeconds(20)));
        }

        Assert.Equal(
            ["usage.db", "usage.lock"],
            Directory.GetFiles(_accounts.Directory).Select(Path.GetFileName).Order(StringComparer.Ordinal), StringComparer.Ordinal);
    }

    public void Dispose() => _accounts.Dispose();
}
