using LlamaGate.Api.CommandLine;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.CommandLine;

public sealed class GatewayCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Fact]
    public async Task Help_Always_NamesEveryVariable()
    {
        var (exit, output, _) = await RunAsync(["--help"]);
        Assert.Equal(0, exit);
        Assert.All(Variables.All, variable => Assert.Contains($"  {variable.Name} ", output, StringComparison.Ordinal));
        Assert.Contains("--check-config", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Version_Always_IsNameAndNumber()
    {
        var (exit, output, _) = await RunAsync(["--version"]);
        Assert.Equal(0, exit);
        Assert.Matches(@"\Allamagate \d+\.\d+\.\d+\s*\z", output);
    }

    [Theory]
    [InlineData("health", "--timeout <duration>", "Exit codes: 0 healthy, 1 unhealthy")]
    [InlineData("check-config", "Show help", "Exit codes: 0 valid, 1 not valid")]
    [InlineData("doctor", "--skip-generation", "Exit codes: 0 no problems, 1 errors, 3 warnings but no errors")]
    [InlineData("keygen", "--env", "Exit codes: 0 printed")]
    public async Task Help_OfACommand_NamesItsOptionsAndExitCodesAndNoVariables(string command, string option, string codes)
    {
        var (exit, output, error) = await CommandRun.RunAsync(command, "--help");
        Assert.Equal((0, ""), (exit, error));
        Assert.Contains(option, output, StringComparison.Ordinal);
        Assert.Contains(codes, output, StringComparison.Ordinal);
        Assert.DoesNotContain("RATE_LIMIT_RPS", output, StringComparison.Ordinal);
        Assert.Contains($"  {command} ", (await CommandRun.RunAsync("--help")).Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--check-config")]
    [InlineData("check-config")]
    public async Task CheckConfig_Valid_ShowsValuesWithoutSecrets(string argument)
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"), "API_KEY=sesame\nOLLAMA_HOST=http://me:pw123@h:1\nPORT=9000\n");
        var (exit, output, error) = await RunAsync([argument], ("PORT", "9001"));
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("configuration is valid", output, StringComparison.Ordinal);
        Assert.Matches(@"API_KEY +\(set\)", output);
        Assert.Matches("PORT +9001", output);
        Assert.Matches("OLLAMA_HOST +http://h:1\r?\n", output);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
        Assert.DoesNotContain("pw123", output, StringComparison.Ordinal);
        Assert.Matches(
            @"(?s)from the environment:\s+PORT .*from .*\.env:\s+OLLAMA_HOST .*with a user name or password \(set, not shown\)\s+API_KEY .*by default:.*TIMEOUT",
            output);
    }

    [Fact]
    public async Task CheckConfig_MisspeltNameInDotEnv_IsNamedAndStillValid()
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, ".env"), "PORTT=9000\n");
        var (exit, output, error) = await RunAsync(["check-config"]);
        Assert.Equal(0, exit);
        Assert.StartsWith("configuration is valid", output, StringComparison.Ordinal);
        Assert.Matches(@"\Awarning: \.env: line 1 of .*PORTT.*did you mean PORT\?\s*\z", error);
    }

    [Theory]
    [InlineData("check-config")]
    [InlineData("--check-config")]
    public async Task Config_FileOfAnyName_IsReadInPlaceOfTheLocalOne(string command)
    {
        await File.WriteAllTextAsync(Path.Combine(_directory, ".env"), "PORT=9000\n");
        await File.WriteAllTextAsync(Path.Combine(_directory, "other.env"), "PORT=9002\n");
        var (exit, output, _) = await RunAsync([command, "--config", "other.env"]);
        Assert.Equal(0, exit);
        Assert.Matches("PORT +9002", output);
        Assert.Contains($"from {Path.Combine(_directory, "other.env")}:", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("check-config")]
    [InlineData("health")]
    [InlineData(null)]
    public async Task Config_FileThatIsNotThere_IsAnError(string? command)
    {
        var (exit, _, error) = await RunAsync([.. command is null ? (string[])[] : [command], "--config", "none.env"]);
        Assert.Equal(1, exit);
        Assert.Contains($"{Path.Combine(_directory, "none.env")} does not exist", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--check-config")]
    [InlineData("check-config")]
    [InlineData(null)]
    public async Task Start_InvalidConfiguration_NamesEveryErrorAndExits1(string? argument)
    {
        var (exit, output, error) = await RunAsync(
            argument is null ? [] : [argument], ("PORT", "0"), ("TIMEOUT", "5"), ("API_KEY", "sesame open"));
        Assert.Equal((1, ""), (exit, output));
        Assert.Contains(
            "PORT: \"0\" is not allowed; allowed: a whole number from 1 to 65535", error, StringComparison.Ordinal);
        Assert.Contains("TIMEOUT: \"5\"", error, StringComparison.Ordinal);
        Assert.Contains("API_KEY: the value (not shown)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--bogus")]
    [InlineData("bogus")]
    public async Task Start_UnknownWord_Exits2(string word)
    {
        var (exit, _, error) = await RunAsync([word]);
        Assert.Equal(2, exit);
        Assert.Contains(word, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--port 9000", "--port is not an option: settings are variables. Write PORT=9000 into .env, or before the command: PORT=9000 llamagate")]
    [InlineData("--ollama-host=http://me:pw@h:1", "OLLAMA_HOST=***@h:1 llamagate")]
    [InlineData("PORT=9000", "PORT=9000 llamagate")]
    [InlineData("--api-key sesame", "API_KEY=... llamagate")]
    [InlineData("--debug --bogus", "DEBUG=... llamagate")]
    public async Task Start_SettingAsAnOption_IsAnsweredWithHowToGiveIt(string words, string expected)
    {
        var (exit, output, error) = await CommandRun.RunAsync(words.Split(' '));
        Assert.Equal((2, ""), (exit, output));
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", error, StringComparison.Ordinal);
        Assert.Equal(words.Contains("bogus", StringComparison.Ordinal), error.Contains("'--bogus'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("help", "--help")]
    [InlineData("help doctor", "doctor --help")]
    [InlineData("version", "--version")]
    [InlineData("-v", "--version")]
    [InlineData("serve --help", "--help")]
    public async Task Words_OfHabit_DoWhatTheySay(string words, string same) =>
        Assert.Equal(await CommandRun.RunAsync(same.Split(' ')), await CommandRun.RunAsync(words.Split(' ')));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task CheckConfig_AsAnOptionBesideACommand_IsRefused()
    {
        var (exit, output, error) = await CommandRun.RunAsync(["--check-config", "keygen"]);
        Assert.Equal((2, ""), (exit, output));
        Assert.StartsWith("--check-config cannot be combined with the command keygen.", error, StringComparison.Ordinal);
    }

    /// <summary>A shell can close both, and a full disk can take both.</summary>
    [Fact]
    public async Task Command_WhoseOutputIsClosed_SaysSoWhereItCan()
    {
        await using var error = new StringWriter();
        await using var closed = new ClosedWriter();
        Assert.Equal(1, await GatewayCommand.RunAsync(["keygen"], closed, error));
        Assert.Equal("The command could not finish: Bad file descriptor", error.ToString().TrimEnd());
        Assert.Equal(1, await GatewayCommand.RunAsync(["keygen"], closed, closed));
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, params (string Name, string Value)[] variables)
    {
        using var run = GatewayRun.Start(_directory, arguments, variables);
        return await run.EndAsync();
    }

    /// <summary>What .NET's stream of a closed descriptor throws.</summary>
    private sealed class ClosedWriter : StringWriter
    {
        public override void WriteLine(string? value) => throw Denied();

        public override Task WriteLineAsync(string? value) => throw Denied();

        public override Task WriteLineAsync(ReadOnlyMemory<char> buffer, CancellationToken cancellationToken = default) => throw Denied();

        private static UnauthorizedAccessException Denied() => new("Access to the path is denied.", new IOException("Bad file descriptor"));
    }
}
