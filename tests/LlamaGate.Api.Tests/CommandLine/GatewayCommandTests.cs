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

    [Fact]
    public async Task CheckConfig_Valid_ShowsValuesWithoutSecrets()
    {
        await File.WriteAllTextAsync(
            Path.Combine(_directory, ".env"), "API_KEY=sesame\nOLLAMA_HOST=http://me:pw123@h:1\nPORT=9000\n");
        var (exit, output, error) = await RunAsync(["--check-config"], ("PORT", "9001"));
        Assert.Equal((0, ""), (exit, error));
        Assert.StartsWith("configuration is valid", output, StringComparison.Ordinal);
        Assert.Matches(@"API_KEY +\(set\)", output);
        Assert.Matches("PORT +9001", output);
        Assert.Matches("OLLAMA_HOST +http://h:1\r?\n", output);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--check-config")]
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

    [Fact]
    public async Task Start_UnknownOption_Exits2()
    {
        var (exit, _, error) = await RunAsync(["--bogus"]);
        Assert.Equal(2, exit);
        Assert.Contains("--bogus", error, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(
        string[] arguments, params (string Name, string Value)[] variables)
    {
        using var run = GatewayRun.Start(_directory, arguments, variables);
        return await run.EndAsync();
    }
}
