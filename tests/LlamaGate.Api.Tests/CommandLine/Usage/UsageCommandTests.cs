using LlamaGate.Api.Tests.Accounts;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Accounts;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.CommandLine.Usage;

public sealed class UsageCommandTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryAccounts _accounts = new();

    [Fact]
    public async Task Table_ByKey_HasColumnsAndSums()
    {
        _accounts.Write(Call("alice", Noon), Call("alice", Noon), Call("bob", Noon) with { TokensIn = 1234567 }, Hit("bob"));
        var (exit, output, error) = await RunAsync("--from", "2026-11-30", "--to", "2026-11-30");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            """
            key    calls  tokens in  tokens out  gpu seconds  device seconds  cache hits  tokens saved  waited
            alice      2         52          24          2.5               1           0             0       4
            bob        1    1234567          12         1.25             0.5           1            38       2
            total      3    1234619          36         3.75             1.5           1            38       6
            """,
            output.TrimEnd().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task Table_OfNobodyAndOfAStrangeName_IsPrintable()
    {
        _accounts.Write(Call("alice", Noon), Call("alice", Noon) with { User = "a\u001b[31m" });
        var (_, output, _) = await RunAsync("--from", "2026-11-30", "--to", "2026-11-30", "--by", "user");
        Assert.Equal(["user", "-", "a?[31m", "total"], output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')[0]), StringComparer.Ordinal);
    }

    [Fact]
    public async Task Json_ByDay_IsOneObject()
    {
        _accounts.Write(Call("alice", Noon), Call("alice", Noon.AddDays(-1)), Call("bob", Noon.AddDays(-2)));
        var (exit, output, _) = await RunAsync("--from", "2026-11-29", "--to", "2026-11-30", "--by", "day", "--format", "json");
        Assert.Equal(0, exit);
        const string Rest = "\"calls\":1,\"tokens_in\":26,\"tokens_out\":12,\"gpu_seconds\":1.25,\"device_seconds\":0.5,\"cache_hits\":0,\"tokens_saved\":0,\"waited\":2}";
        Assert.Equal(
            "{\"from\":\"2026-11-29\",\"to\":\"2026-11-30\",\"by\":\"day\",\"data\":[{\"day\":\"2026-11-29\"," + Rest + ",{\"day\":\"2026-11-30\"," + Rest + "]}",
            output.TrimEnd());
    }

    [Fact]
    public async Task Csv_ByModel_HasALineOfNames()
    {
        _accounts.Write(Call("alice", Noon));
        var (exit, output, _) = await RunAsync("--from", "2026-11-30", "--to", "2026-11-30", "--by", "model", "--format", "csv");
        Assert.Equal(0, exit);
        Assert.Equal(
            "model,calls,tokens_in,tokens_out,gpu_seconds,device_seconds,cache_hits,tokens_saved,waited\r\nllama3.2:latest,1,26,12,1.25,0.5,0,0,2\r\n",
            output);
    }

    [Fact]
    public async Task Usage_WhileAGatewayWrites_ReadsTheFile()
    {
        await using var services = _accounts.Services();
        var store = services.GetRequiredService<IUsageStore>();
        store.Add(Call("alice", Noon));
        Assert.True(SpinWait.SpinUntil(() => store.State.Pending == 0, TimeSpan.FromSeconds(20)));
        var (exit, output, error) = await RunAsync("--from", "2026-11-30", "--to", "2026-11-30", "--by", "host");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("gpu1", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Usage_OfNoCalls_SaysSo()
    {
        _accounts.Write(Call("alice", Noon));
        Assert.Equal((0, "No usage from 2020-01-01 to 2020-01-02.", ""), Trimmed(await RunAsync("--from", "2020-01-01", "--to", "2020-01-02")));
    }

    [Theory]
    [InlineData("--from", "yesterday", "--from must be a day like 2026-11-30")]
    [InlineData("--to", "2026-13-01", "--to must be a day like 2026-11-30")]
    [InlineData("--by", "team", "--by must be key, user, model, host or day")]
    [InlineData("--format", "xml", "--format must be table, json or csv")]
    [InlineData("--from", "2999-01-01", "--from must not be later than to")]
    public async Task WrongOption_IsAWrongCommandLine(string option, string value, string error) =>
        Assert.Equal((2, "", error), Trimmed(await RunAsync(option, value)));

    [Fact]
    public async Task Usage_WithoutADirectory_SaysHowToNameOne() => Assert.Equal(
        (1, "", "DATA_DIR is not set: name the directory with --data-dir. Without one, accounts are kept in memory only"),
        Trimmed(await CommandRun.RunAsync("usage")));

    [Fact]
    public async Task Usage_OfAnEmptyDirectory_SaysThatThereIsNothing() => Assert.Equal(
        (1, "", $"There are no accounts yet: {_accounts.File} does not exist or is empty"), Trimmed(await RunAsync()));

    [Fact]
    public async Task Usage_OfADamagedFile_SaysWhatToDo()
    {
        await File.WriteAllTextAsync(_accounts.File, "this is no database");
        Assert.Equal(
            (1, "", $"{_accounts.File} cannot be read: the file is damaged and was left as it is; see docs/accounts.md, \"A damaged file\""),
            Trimmed(await RunAsync()));
    }

    [Fact]
    public async Task KeysList_WithDataDir_ShowsWhenAKeyWasLastUsed()
    {
        using var keys = new TemporaryKeys();
        keys.Write(TemporaryKeys.Key("alice", "1"), TemporaryKeys.Key("bob", "2"));
        _accounts.Write(Call("alice", Noon.AddDays(-1)), Call("alice", Noon));
        var directory = Path.GetDirectoryName(keys.Path)!;
        var (exit, output, error) = await ListAsync(directory, keys.Path);
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            """
            id     created  last used   policy
            alice           2026-11-30  all models
            bob                         all models
            """,
            output.TrimEnd().ReplaceLineEndings("\n"));
        Assert.Contains("\"last_used\": \"2026-11-30T12:00:00Z\"", (await ListAsync(directory, keys.Path, "--json")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task KeysList_WithDamagedAccounts_WarnsAndShowsTheKeys()
    {
        using var keys = new TemporaryKeys();
        keys.Write(TemporaryKeys.Key("alice", "1"));
        await File.WriteAllTextAsync(_accounts.File, "this is no database");
        var (exit, output, error) = await ListAsync(Path.GetDirectoryName(keys.Path)!, keys.Path);
        Assert.Equal(0, exit);
        Assert.StartsWith($"warning: {_accounts.File} cannot be read: the file is damaged", error, StringComparison.Ordinal);
        Assert.Contains("alice", output, StringComparison.Ordinal);
    }

    public void Dispose() => _accounts.Dispose();

    private static UsageRecord Call(string key, DateTimeOffset at) => TemporaryAccounts.Call(key, at);

    private static UsageRecord Hit(string key) => new(Guid.CreateVersion7(), Noon, key, "llama3.2:latest") { Kind = UsageKind.CacheHit, TokensSaved = 38 };

    private static (int ExitCode, string Output, string Error) Trimmed((int ExitCode, string Output, string Error) run) =>
        (run.ExitCode, run.Output.TrimEnd(), run.Error.TrimEnd());

    private Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] options) =>
        CommandRun.RunAsync(["usage", "--data-dir", _accounts.Directory, .. options]);

    /// <summary>With DATA_DIR in a file of settings.</summary>
    private async Task<(int ExitCode, string Output, string Error)> ListAsync(string directory, string keys, params string[] options)
    {
        var settings = Path.Combine(directory, "settings.env");
        await File.WriteAllTextAsync(settings, $"DATA_DIR={_accounts.Directory}\n");
        return await CommandRun.RunAsync(["keys", "list", "--config", settings, "--file", keys, .. options]);
    }
}
