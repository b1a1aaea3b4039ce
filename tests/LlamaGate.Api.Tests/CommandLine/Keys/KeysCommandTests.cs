using System.Text.Json;
using LlamaGate.Api.CommandLine;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Api.Tests.CommandLine.Keys;

public sealed class KeysCommandTests : IDisposable
{
    private readonly TemporaryKeys _keys = new();

    [Fact]
    public async Task Add_Key_PrintsTheSecretAloneOnStdout()
    {
        var (exit, output, error) = await RunAsync("add", "alice", "--models", "llama3*,!*:70b", "--models", "phi4", "--rate", "2.5",
            "--expires", "2099-01-31", "--cache", "own", "--admin", "--weight", "2");
        Assert.Equal(0, exit);
        Assert.Matches("^lg-[A-Za-z0-9_-]{43}\r?\n$", output);
        Assert.Equal($"alice was added to {_keys.Path}. Its key is not shown again.", error.TrimEnd());
        var text = await File.ReadAllTextAsync(_keys.Path);
        Assert.DoesNotContain(output.TrimEnd(), text, StringComparison.Ordinal);
        var key = JsonElement.Parse(text).GetProperty("keys")[0];
        Assert.Equal(KeyDigest.Of(output.TrimEnd()).ToText(), key.GetProperty("hash").GetString());
        Assert.Equal("""["llama3*","!*:70b","phi4"]""", key.GetProperty("models").GetRawText());
        Assert.Equal("2.5 2099-01-31 own true 2", string.Join(' ', new[] { "rate_limit_rps", "expires", "cache", "admin", "weight" }
            .Select(name => key.GetProperty(name).ToString().ToLowerInvariant())));
    }

    [Fact]
    public async Task Add_WhenTheKeyCannotBePrinted_FailsInOneLineAndAddsNone()
    {
        await using var error = new StringWriter();
        var exit = await GatewayCommand.RunAsync(["keys", "add", "alice", "--file", _keys.Path], new FullWriter(), error);
        Assert.Equal((1, "The command could not finish: No space left on device"), (exit, error.ToString().TrimEnd()));
        Assert.DoesNotContain("alice", File.Exists(_keys.Path) ? await File.ReadAllTextAsync(_keys.Path) : "", StringComparison.Ordinal);
    }

    /// <summary>The gateway would refuse the whole file.</summary>
    [Fact]
    public async Task Add_OfAnIdThatAVariableTakes_IsRefused()
    {
        _keys.Write();
        using var run = GatewayRun.Start(
            Path.GetDirectoryName(_keys.Path)!, ["keys", "add", "admin", "--file", _keys.Path], ("ADMIN_KEY", "admin-key-0123456789"));
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains("is reserved for ADMIN_KEY while that is set", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Revoke_ThroughALinkThatIsGivenByItsNameAlone_ChangesTheFileBehindIt()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _keys.Write(TemporaryKeys.Key("alice", "1"), TemporaryKeys.Key("bob", "2"));
        var directory = Path.GetDirectoryName(_keys.Path)!;
        File.CreateSymbolicLink(Path.Combine(directory, "link.json"), Path.GetFileName(_keys.Path));
        using var run = GatewayRun.Start(directory, ["keys", "revoke", "alice", "--file", "link.json"]);
        Assert.Equal((0, "", "alice was removed from link.json."), Trimmed(await run.EndAsync()));
        Assert.NotNull(new FileInfo(Path.Combine(directory, "link.json")).LinkTarget);
        var text = await File.ReadAllTextAsync(_keys.Path);
        Assert.DoesNotContain("alice", text, StringComparison.Ordinal);
        Assert.Contains("bob", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_Keys_ShowsPoliciesAndNoHash()
    {
        _keys.Write(
            TemporaryKeys.Key("alice", "1", "\"models\":[\"a*\"],\"created\":\"2026-11-29T10:00:00Z\",\"expires\":\"2099-01-31\""),
            TemporaryKeys.Key("nightly-jobs", "2", "\"disabled\":true,\"rate_limit_rps\":5"),
            TemporaryKeys.Key("bob", "3"));
        var (exit, output, error) = await RunAsync("list");
        Assert.Equal((0, ""), (exit, error));
        Assert.Equal(
            """
            id            created     last used  policy
            alice         2026-11-29             models a*, until 2099-01-31
            nightly-jobs                         disabled, 5 requests/s
            bob                                  all models
            """,
            output.TrimEnd().ReplaceLineEndings("\n"));
    }

    [Theory]
    [InlineData(
        "\"models\":[\"m1\"],\"priority\":\"high\",\"weight\":2,\"tokens_per_day\":2000",
        "models m1, priority high, weight 2, 2000 tokens a day")]
    [InlineData("\"weight\":0.5,\"share_by\":\"address\",\"gpu_seconds_per_day\":90.5", "weight 0.5, share by address, 90.5 GPU seconds a day")]
    [InlineData("\"priority\":\"low\",\"max_running\":2,\"max_waiting\":5", "priority low, at most 2 running, at most 5 waiting")]
    [InlineData("\"share_by\":\"user:X-User\",\"cache\":\"own\"", "share by user:X-User, cache own")]
    [InlineData("\"priority\":\"normal\",\"weight\":1,\"share_by\":\"key\",\"max_waiting\":100", "all models")]
    public async Task List_Keys_ShowsWhatDiffersFromTheDefaults(string fields, string policy)
    {
        _keys.Write(TemporaryKeys.Key("alice", "1", fields));
        var (exit, output, error) = await RunAsync("list");
        Assert.Equal((0, ""), (exit, error));
        Assert.EndsWith("  " + policy, output.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AsJson_HasEveryFieldAndNoHash()
    {
        _keys.Write(TemporaryKeys.Key("alice", "1", "\"share_by\":\"user:X-User\",\"created\":\"2026-11-29T10:00:00Z\""));
        var (exit, output, _) = await RunAsync("list", "--json");
        Assert.Equal(0, exit);
        Assert.DoesNotContain(KeyDigest.Of("1").ToText()[7..], output, StringComparison.Ordinal);
        var key = JsonElement.Parse(output).GetProperty("keys")[0];
        Assert.Equal(
            """{"id":"alice","created":"2026-11-29T10:00:00Z","last_used":null,"secrets":1,"disabled":false,"expires":null,"models":["*"],"rate_limit_rps":null,"cache":"shared","weight":1,"priority":"normal","share_by":"user:X-User","max_running":null,"max_waiting":100,"tokens_per_day":null,"gpu_seconds_per_day":null,"admin":false}""",
            JsonSerializer.Serialize(key));
    }

    [Fact]
    public async Task Rotate_ThenFinish_OverlapsAndEnds()
    {
        var first = (await RunAsync("add", "alice")).Output.TrimEnd();
        var (exit, output, error) = await RunAsync("rotate", "alice");
        Assert.Equal(0, exit);
        Assert.Contains("The old key stays valid until you run: llamagate keys rotate alice --finish", error, StringComparison.Ordinal);
        Assert.Equal(
            $"""["{KeyDigest.Of(output.TrimEnd()).ToText()}","{KeyDigest.Of(first).ToText()}"]""", JsonSerializer.Serialize(Hash()));
        Assert.Equal((0, "", "The old key of alice is no longer valid."), Trimmed(await RunAsync("rotate", "alice", "--finish")));
        Assert.Equal(KeyDigest.Of(output.TrimEnd()).ToText(), Hash().GetString());
        var dropped = await RunAsync("rotate", "alice", "--drop-old");
        Assert.Equal(KeyDigest.Of(dropped.Output.TrimEnd()).ToText(), Hash().GetString());
    }

    [Fact]
    public async Task Commands_ThatCannotBeDone_SayWhyInOneLine()
    {
        await RunAsync("add", "alice");
        Assert.Equal((1, "", $"the key \"alice\" already exists in {_keys.Path}"), Trimmed(await RunAsync("add", "alice")));
        Assert.Equal((1, "", $"there is no key \"bob\" in {_keys.Path}"), Trimmed(await RunAsync("rotate", "bob")));
        Assert.Equal((1, "", $"there is no key \"bob\" in {_keys.Path}"), Trimmed(await RunAsync("revoke", "bob")));
        Assert.Equal((0, "", $"alice was removed from {_keys.Path}."), Trimmed(await RunAsync("revoke", "alice")));
        Assert.Equal((1, "", $"there is no key \"alice\" in {_keys.Path}"), Trimmed(await RunAsync("revoke", "alice")));
    }

    [Theory]
    [InlineData("--rate", "0", "--rate must be a number from 0.001 to 1000000")]
    [InlineData("--rate", "fast", "--rate must be a number from 0.001 to 1000000")]
    [InlineData("--cache", "none", "--cache must be \"shared\", \"own\" or \"off\"")]
    [InlineData("--expires", "soon", "--expires must be a date like \"2027-01-31\", which is the last day, or a time like \"2027-01-31T18:00:00Z\"")]
    [InlineData("--expires", "2026-11-30", "--expires must not be in the past")]
    [InlineData("--models", ",", "--models must name at least one model or pattern")]
    [InlineData("--gpu-seconds-per-day", "0", "--gpu-seconds-per-day must be a number from 0.001 to 1000000000")]
    public async Task Add_WrongOption_IsAWrongCommandLine(string option, string value, string error) =>
        Assert.Equal((2, "", error), Trimmed(await RunAsync("add", "alice", option, value)));

    [Fact]
    public async Task Add_WrongId_IsAWrongCommandLine() => Assert.Equal(
        (2, "", "the id must be 1 to 64 letters, digits and the characters - _ . @"), Trimmed(await RunAsync("add", "a b")));

    [Fact]
    public async Task Commands_WithoutAFile_SayHowToNameOne() => Assert.Equal(
        (1, "", "KEYS_FILE is not set: name the keys file with --file"), Trimmed(await CommandRun.RunAsync("keys", "list")));

    [Fact]
    public async Task Commands_ForAFileThatOthersCanRead_AreRefused()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(_keys.Path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        var refusal = $"{_keys.Path} can be read or written by users other than its owner (mode 604); run chmod 600 on it, or set KEYS_FILE_MODE=open";
        Assert.Equal((1, "", refusal), Trimmed(await RunAsync("list")));
        Assert.Equal((1, "", refusal), Trimmed(await RunAsync("add", "alice")));
    }

    [Theory]
    [InlineData("keys")]
    [InlineData("keys", "add")]
    [InlineData("keys", "rotate")]
    public async Task Help_OfACommand_NeedsNoArguments(params string[] command)
    {
        var (exit, output, error) = await CommandRun.RunAsync([.. command, "--help"]);
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains("Exit codes: 0 success", output, StringComparison.Ordinal);
    }

    /// <summary>Several processes change the file at once, named by KEYS_FILE; none loses the change of another.</summary>
    [Fact]
    public async Task Add_BySeveralProcesses_LosesNone()
    {
        var runs = Enumerable.Range(0, 4)
            .Select(i => GatewayRun.Start(_keys.Directory, ["keys", "add", $"k{i}"], ("KEYS_FILE", "keys.json")))
            .ToList();
        var secrets = new List<string>();
        foreach (var run in runs)
        {
            using (run)
            {
                var (exit, output, error) = await run.EndAsync();
                Assert.True(exit == 0, error);
                secrets.Add(output.TrimEnd());
            }
        }

        var hashes = JsonElement.Parse(await File.ReadAllTextAsync(_keys.Path)).GetProperty("keys").EnumerateArray()
            .Select(key => key.GetProperty("hash").GetString());
        Assert.Equal(
            secrets.Select(secret => KeyDigest.Of(secret).ToText()).Order(StringComparer.Ordinal), hashes.Order(StringComparer.Ordinal));
    }

    public void Dispose() => _keys.Dispose();

    private static (int Exit, string Output, string Error) Trimmed((int Exit, string Output, string Error) run) =>
        (run.Exit, run.Output.TrimEnd(), run.Error.TrimEnd());

    private Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments) =>
        CommandRun.RunAsync(["keys", .. arguments, "--file", _keys.Path]);

    private JsonElement Hash() => JsonElement.Parse(File.ReadAllText(_keys.Path)).GetProperty("keys")[0].GetProperty("hash");

    private sealed class FullWriter : StringWriter
    {
        public override Task WriteLineAsync(string? value) => throw new IOException("No space left on device");
    }
}
