using System.Text.Json;
using LlamaGate.Api.CommandLine.Doctor;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine.Doctor;

/// <summary>The command in a process of its own, as a person runs it.</summary>
[Collection(nameof(RunsAlone))]
public sealed class DoctorCommandTests : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Fact]
    public async Task Doctor_AllWell_MakesEveryCheckAndExits0()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "sesame-open" });
        SerialOllama.Teach(bed.Ollama);
        var password = new UriBuilder(bed.Ollama.Address) { UserName = "me", Password = "pw123" }.Uri;
        await WriteEnvAsync($"API_KEY=sesame-open\nOLLAMA_HOST={password}\n");
        var (exit, output, error) = await RunAsync("doctor", "--url", bed.Client.BaseAddress!.AbsoluteUri);
        Assert.Equal("", error);
        Assert.True(exit == 0, output);
        Assert.All(DoctorCommand.Diagnoses, check => Assert.Matches($@"(?m)^\[(ok|info)\] +{check.Name}: ", output));
        Assert.Contains("parallelism: Ollama works on one request", output, StringComparison.Ordinal);
        Assert.Contains("streaming: Streams arrive token by token.", output, StringComparison.Ordinal);
        Assert.EndsWith("0 errors, 0 warnings", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
        Assert.DoesNotContain("pw123", output, StringComparison.Ordinal);
        Assert.DoesNotContain("Count from", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_Json_IsOneObjectAndNoModelIsAskedWhenSkipped()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await WriteEnvAsync($"OLLAMA_HOST={bed.Ollama.Address}\n");
        var url = bed.Client.BaseAddress!.AbsoluteUri;
        var (exit, output, _) = await RunAsync("doctor", "--json", "--skip-generation", "--url", url);
        Assert.Equal(0, exit);
        var report = JsonElement.Parse(output);
        Assert.Equal((url, "info"), (report.GetProperty("url").GetString(), report.GetProperty("worst").GetString()));
        var findings = report.GetProperty("findings").EnumerateArray()
            .Select(finding => $"{finding.GetProperty("check")} {finding.GetProperty("severity")}");
        Assert.Equal(
            [
                "configuration ok", "env-file ok", "listen-address ok", "certificate ok", "ollama ok", "ollama-version ok", "models ok", "keys ok",
                "first-token skipped", "context-length info", "parallelism skipped", "cancellation skipped", "gateway ok",
                "api-key ok", "transport ok", "streaming skipped", "hang-up skipped", "clock ok",
            ],
            findings,
            StringComparer.Ordinal);
        Assert.DoesNotContain(bed.Ollama.Requests, request => request.Path == "/api/chat");
    }

    [Fact]
    public async Task Doctor_OllamaAway_Exits1()
    {
        await WriteEnvAsync("OLLAMA_HOST=127.0.0.1:1\nPORT=2\n");
        var (exit, output, _) = await RunAsync("doctor");
        Assert.Equal(1, exit);
        Assert.Contains("[error]   ollama: Ollama does not answer at http://127.0.0.1:1.", output, StringComparison.Ordinal);
        Assert.Contains("[warning] gateway: No gateway runs at http://127.0.0.1:2.", output, StringComparison.Ordinal);
        Assert.EndsWith("1 error, 1 warning", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_OnlyWarnings_Exits3()
    {
        await using var ollama = await EmulatedOllama.StartAsync();
        await WriteEnvAsync($"OLLAMA_HOST={ollama.Address}\nPORT=1\n");
        var (exit, output, _) = await RunAsync("doctor", "--skip-generation");
        Assert.True(exit == 3, output);
    }

    [Fact]
    public async Task Doctor_ConfigurationNotValid_TellsEveryErrorAndNoSecret()
    {
        await WriteEnvAsync("PORT=none\nTIMEOUT=5\nAPI_KEY=sesame open\n");
        var (exit, output, _) = await RunAsync("doctor");
        Assert.Equal(1, exit);
        Assert.Contains("PORT: \"none\" is not allowed", output, StringComparison.Ordinal);
        Assert.Contains("TIMEOUT: \"5\" is not allowed", output, StringComparison.Ordinal);
        Assert.Contains("API_KEY: the value (not shown) is not allowed", output, StringComparison.Ordinal);
        Assert.Contains("Skipped: the configuration is not valid.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Severity.Ok, 0)]
    [InlineData(Severity.Info, 0)]
    [InlineData(Severity.Error, 1)]
    [InlineData(Severity.Warning, 3)]
    internal void ToExitCode_OfTheWorst_NeverIsTheUsageErrors(Severity worst, int expected) =>
        Assert.Equal(expected, DoctorCommand.ToExitCode(worst));

    /// <summary>Scripts know the checks by their names, and people find them in the documents.</summary>
    [Fact]
    public async Task Diagnoses_All_HaveNamesOfTheirOwnThatAreDocumented()
    {
        var names = DoctorCommand.DiagnosesOf(new() { HostsFile = "hosts.json" }).Select(diagnosis => diagnosis.Name).ToList();
        Assert.Equal(names, names.Distinct(StringComparer.Ordinal), StringComparer.Ordinal);
        var document = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "commands.md"));
        Assert.All(names, name => Assert.Contains($"| `{name}` |", document, StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private async Task WriteEnvAsync(string text)
    {
        var path = Path.Combine(_directory, ".env");
        await File.WriteAllTextAsync(path, text);
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }
    }

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var run = GatewayRun.Start(_directory, arguments);
        var (exit, output, error) = await run.EndAsync();
        return (exit, output.TrimEnd(), error);
    }
}
