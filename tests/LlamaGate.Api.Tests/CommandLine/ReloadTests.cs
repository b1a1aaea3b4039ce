using System.Net;
using System.Text;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>SIGHUP to a real process. Windows has no signals to send, so there the tests have nothing to do.</summary>
public sealed class ReloadTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly string _directory = Directory.CreateTempSubdirectory("llamagate-").FullName;
    private readonly HttpClient _http = new();
    private readonly string _port = GatewayRun.FreePort();

    [Fact]
    public async Task Hangup_NewKeysAndAliases_AreInForceAndTheRestIsNamed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var ollama = await EmulatedOllama.StartAsync();
        Write($"PORT={_port}\nOLLAMA_HOST={ollama.Address}\nAPI_KEY=old\nOLLAMA_API_KEY=first\nMODEL_ALIASES=gpt=plain\n");
        using var run = GatewayRun.Start(_directory, []);
        await run.WaitForLineAsync("Ollama answers");
        Assert.Equal(HttpStatusCode.OK, await ChatAsync("gpt", "old"));
        Assert.Equal("Bearer first", await SentKeyAsync(ollama));

        Write($"PORT={_port}\nOLLAMA_HOST={ollama.Address}\nAPI_KEY=new\nOLLAMA_API_KEY=key-two\nMODEL_ALIASES=gpt-5=plain\nMODEL_OPTIONS={{\"plain\":{{\"num_ctx\":4096}}}}\nCACHE_TTL=5m\n");
        await run.SignalAsync("HUP");
        Assert.Contains(
            "changed: OLLAMA_API_KEY, API_KEY, MODEL_ALIASES, MODEL_OPTIONS", await run.WaitForLineAsync("read again"), StringComparison.Ordinal);
        Assert.Contains("CACHE_TTL", await run.WaitForLineAsync("after a restart"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Unauthorized, await ChatAsync("gpt-5", "old"));
        Assert.Equal(HttpStatusCode.OK, await ChatAsync("gpt-5", "new"));
        Assert.Equal("Bearer key-two", await SentKeyAsync(ollama));

        var (output, _) = await EndAsync(run);
        Assert.DoesNotContain("key-two", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("API_KEY=with space\nPORT=0\n")]
    [InlineData("API_KEY=new\nloose line\n")]
    public async Task Hangup_FaultyFile_KeepsTheOldValuesAndSaysWhy(string text)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write($"PORT={_port}\nAPI_KEY=old\nOLLAMA_HOST=http://127.0.0.1:1\n");
        using var run = GatewayRun.Start(_directory, []);
        await run.WaitForLineAsync("listens on");
        Write(text);
        await run.SignalAsync("HUP");
        await run.WaitForLineAsync("the old ones stay in force");
        Assert.Equal(HttpStatusCode.Unauthorized, await ChatAsync("plain", "new"));
        Assert.Equal(HttpStatusCode.BadGateway, await ChatAsync("plain", "old"));
        var (output, error) = await EndAsync(run);
        Assert.Equal("", error);
        Assert.Contains(text.Contains("loose", StringComparison.Ordinal) ? "line 2 of" : "API_KEY: the value (not shown)", output, StringComparison.Ordinal);
    }

    /// <summary>Without its file the gateway would be open to everybody.</summary>
    [Fact]
    public async Task Hangup_FileIsGone_KeepsTheOldValuesAndSaysWhy()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write($"PORT={_port}\nAPI_KEY=old\nOLLAMA_HOST=http://127.0.0.1:1\n");
        using var run = GatewayRun.Start(_directory, []);
        await run.WaitForLineAsync("listens on");
        File.Delete(Path.Combine(_directory, ".env"));
        await run.SignalAsync("HUP");
        await run.WaitForLineAsync("the old ones stay in force");
        Assert.Equal(HttpStatusCode.Unauthorized, await ChatAsync("plain", ""));
        var (output, _) = await EndAsync(run);
        Assert.Contains($".env: {Path.Combine(_directory, ".env")} does not exist", output, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<(string Output, string Error)> EndAsync(GatewayRun run)
    {
        await run.SignalAsync("TERM");
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal(0, exit);
        return (output, error);
    }

    private static async Task<string> SentKeyAsync(EmulatedOllama ollama) =>
        (await ollama.NextRequestAsync(LongestWait, "/api/chat")).Headers["Authorization"];

    private async Task<HttpStatusCode> ChatAsync(string model, string key)
    {
        var body = $$"""{"model":"{{model}}","messages":[{"role":"user","content":"hi"}]}""";
        using var request = new HttpRequestMessage(HttpMethod.Post, $"http://127.0.0.1:{_port}/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
        // Not what the cache gives again.
        request.Headers.TryAddWithoutValidation("Cache-Control", "no-cache, no-store");
        using var answer = await _http.SendAsync(request).WaitAsync(LongestWait);
        return answer.StatusCode;
    }

    private void Write(string settings) => File.WriteAllText(Path.Combine(_directory, ".env"), settings);
}
