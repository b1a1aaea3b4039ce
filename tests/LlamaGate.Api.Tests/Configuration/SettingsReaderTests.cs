using System.Collections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Configuration;

public sealed class SettingsReaderTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Fact]
    public void Read_NothingSet_GivesDefaults() => Assert.Equal(new GatewaySettings(), Read([]));

    [Fact]
    public void Read_DotEnvOnly_IsUsed()
    {
        WriteDotEnv("# comment\nPORT=9000 # tail\nexport API_KEY='a#b'\nSOMETHING_ELSE=1\n\nTIMEOUT=\"10s\"\n");
        var settings = Read([]);
        Assert.Equal((9000, "a#b", TimeSpan.FromSeconds(10)), (settings.Port, settings.ApiKey, settings.Timeout));
    }

    [Fact]
    public void Read_BothSet_EnvironmentWins()
    {
        WriteDotEnv("PORT=9000\nDEBUG=true");
        var settings = Read(new() { ["PORT"] = "9001" });
        Assert.Equal((9001, true), (settings.Port, settings.Debug));
    }

    [Fact]
    public void Read_EnvironmentSetToEmpty_HidesDotEnvAndMeansDefault()
    {
        WriteDotEnv("PORT=9000\nAPI_KEY=secret");
        var settings = Read(new() { ["PORT"] = "", ["API_KEY"] = "" });
        Assert.Equal((8080, ""), (settings.Port, settings.ApiKey));
    }

    [Fact]
    public void Read_DotEnv_NeverReachesTheProcessEnvironment()
    {
        WriteDotEnv("LLAMAGATE_TEST_ONLY=1\nPORT=9000");
        Read([]);
        Assert.Null(Environment.GetEnvironmentVariable("LLAMAGATE_TEST_ONLY"));
    }

    [Fact]
    public void Read_ManyErrors_AreReportedAtOnceWithoutSecrets()
    {
        var errors = Errors(new()
        {
            ["PORT"] = "99999",
            ["TIMEOUT"] = "30",
            ["API_KEY"] = "sesame open",
            ["OLLAMA_HOST"] = "ftp://me:pa/ss@host",
            ["LOG_FILE"] = Path.Combine(_directory, "no", "such"),
        });
        Assert.Equal(
            ["OLLAMA_HOST", "API_KEY", "PORT", "TIMEOUT", "LOG_FILE"],
            errors.Select(e => e.Split(':')[0]),
            StringComparer.Ordinal);
        Assert.Equal("PORT: \"99999\" is not allowed; allowed: a whole number from 1 to 65535", errors[2]);
        Assert.DoesNotContain(errors, e => e.Contains("sesame", StringComparison.Ordinal));
        Assert.DoesNotContain(errors, e => e.Contains("pa/ss", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("PORT=1\nthis is no assignment\n", "line 2")]
    [InlineData("=value\n", "line 1")]
    [InlineData("API_KEY=\"never closed\nPORT=1\n", "not closed")]
    public void Read_MalformedDotEnv_IsAClearError(string text, string complaint)
    {
        WriteDotEnv(text);
        var error = Assert.Single(Errors([]));
        Assert.StartsWith(".env: ", error, StringComparison.Ordinal);
        Assert.Contains(complaint, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_QuotedLinesOfAnotherProgram_AreTolerated()
    {
        WriteDotEnv("CERT=\"first line\nsecond line\nlast line\"\nPORT=9000\n");
        Assert.Equal(9000, Read([]).Port);
    }

    [Fact]
    public void Read_DotEnvIsADirectory_IsAClearError()
    {
        Directory.CreateDirectory(Path.Combine(_directory, ".env"));
        Assert.Contains("is a directory", Assert.Single(Errors([])), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_LogFile_LeavesThePlaceAsItWas()
    {
        var path = Path.Combine(_directory, "gate.log");
        Read(new() { ["LOG_FILE"] = path });
        Assert.False(File.Exists(path));
        File.WriteAllText(path, "kept");
        Read(new() { ["LOG_FILE"] = path });
        Assert.Equal("kept", File.ReadAllText(path));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private GatewaySettings Read(Hashtable environment) => SettingsReader.Read(_directory, environment);

    private IReadOnlyList<string> Errors(Hashtable environment) =>
        Assert.Throws<ConfigurationException>(() => Read(environment)).Errors;

    private void WriteDotEnv(string text) => File.WriteAllText(Path.Combine(_directory, ".env"), text);
}
