using System.Text.Json;
using LlamaGate.Api.Tests.CommandLine;

namespace LlamaGate.Api.Tests.Logging;

/// <summary>LOG_FILE of a process whose disk is full for a while. A limit on the size of its files stands for the disk.</summary>
public sealed class FullDiskTests : IDisposable
{
    private const int Kilobytes = 4;

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly string _port = GatewayRun.FreePort();

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task LogFile_OnADiskThatIsFullForAWhile_HasWholeLinesOnly()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var log = Path.Combine(_directory, "gate.log");
        using var run = GatewayRun.StartWithFileLimit(_directory, Kilobytes, ("PORT", _port), ("LOG_FILE", log), ("OLLAMA_HOST", "http://127.0.0.1:1"));
        await run.WaitForLineAsync("listens on");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_port}") };
        for (var i = 0; i < 40; i++)
        {
            await AskAsync(client, run, $"full-{i}");
        }

        Assert.InRange(Parse(await File.ReadAllTextAsync(log)), 5, 39);
        await File.WriteAllTextAsync(log, "");
        await AskAsync(client, run, "free-again");
        await run.SignalAsync("TERM");
        await run.EndAsync();

        var text = await File.ReadAllTextAsync(log);
        Assert.InRange(Parse(text), 2, 10);
        Assert.Contains("free-again", text, StringComparison.Ordinal);
        Assert.Contains("log lines could not be written", text, StringComparison.Ordinal);
    }

    /// <returns>The number of lines, each of which is a JSON object.</returns>
    private static int Parse(string text)
    {
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        var lines = text[..^1].Split('\n');
        Assert.All(lines, line => Assert.Equal(JsonValueKind.Object, JsonElement.Parse(line).ValueKind));
        return lines.Length;
    }

    /// <summary>Ends when its line is on stdout, which is written before the file.</summary>
    private static async Task AskAsync(HttpClient client, GatewayRun run, string id)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/none");
        request.Headers.Add("X-Request-ID", id);
        using var response = await client.SendAsync(request);
        await run.WaitForLineAsync(id);
    }
}
