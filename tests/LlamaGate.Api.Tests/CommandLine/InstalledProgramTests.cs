using System.Net;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>The program under its own name, as the installer leaves it, with a configuration of its own.</summary>
public sealed class InstalledProgramTests : IDisposable
{
    private readonly string _home = Directory.CreateTempSubdirectory("llamagate-").FullName;

    [Theory]
    [InlineData("check-config")]
    [InlineData("doctor", "--skip-generation")]
    [InlineData("health")]
    public async Task Command_StartedAnywhere_FindsTheInstalledSettings(params string[] arguments)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var port = GatewayRun.FreePort();
        Install($"PORT={port}\nOLLAMA_HOST=http://127.0.0.1:1\n");
        using var run = GatewayRun.StartProgram(_home, arguments, ("XDG_CONFIG_HOME", _home));
        var (_, output, error) = await run.EndAsync();
        Assert.Contains(port, output + error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_Anywhere_UsesTheInstalledKeyAndSaysWhichFileWasRead()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var port = GatewayRun.FreePort();
        var file = Install($"PORT={port}\nAPI_KEY=sesame\nPORTT=1\nOLLAMA_HOST=http://127.0.0.1:1\n");
        using var run = GatewayRun.StartProgram(_home, [], ("XDG_CONFIG_HOME", _home));
        await run.WaitForLineAsync($"http://127.0.0.1:{port}/swagger");
        Assert.Contains(file, await run.WaitForLineAsync("Settings: "), StringComparison.Ordinal);
        Assert.Contains("did you mean PORT?", await run.WaitForLineAsync("PORTT"), StringComparison.Ordinal);
        Assert.Contains("ollama serve", await run.WaitForLineAsync("No usable answer"), StringComparison.Ordinal);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{port}/v1/models"));
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        await run.SignalAsync("TERM");
        Assert.Equal(0, (await run.EndAsync()).ExitCode);
    }

    public void Dispose() => Directory.Delete(_home, recursive: true);

    private string Install(string settings)
    {
        var file = Path.Combine(_home, "llamagate", ".env");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, settings);
        return file;
    }
}
