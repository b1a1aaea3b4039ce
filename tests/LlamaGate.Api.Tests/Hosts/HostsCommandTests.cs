using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Configuration.Hosts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>What the commands say of several hosts, in processes of their own.</summary>
public sealed class HostsCommandTests : IDisposable
{
    private readonly HostsFileBed _file = new();

    private string Directory => Path.GetDirectoryName(_file.Path)!;

    [Fact]
    public async Task CheckConfig_List_ShowsEachHost()
    {
        var (exit, output, _) = await RunAsync(
            ["check-config"], ("OLLAMA_HOST", "gpu1=http://10.0.0.1:11434,http://me:pw@b:2/x"), ("OLLAMA_API_KEY", "sesame"));
        Assert.Equal(0, exit);
        Assert.Contains("  OLLAMA_HOST      gpu1=http://10.0.0.1:11434,http://b:2/x\n", output, StringComparison.Ordinal);
        Assert.Contains("""
            hosts of OLLAMA_HOST:
              gpu1             http://10.0.0.1:11434, OLLAMA_API_KEY (set)
              b:2              http://b:2/x, a user name or password (set)
            """, output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
        Assert.DoesNotContain("pw", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_File_ShowsHostsLimitsAndModels()
    {
        _file.Write("hosts.json", """
            {"hosts":[{"name":"a","url":"http://a:1","api_key":"sesame","drain":true,"slots":2},
                      {"url":"http://b:2","slots":"auto","max_running":8,"max_loaded":2,"vram_gb":24.5,"pin":["m","n:1b"]}],
             "models":{"qwen3*":{"num_ctx":32768,"max_ctx":65536,"slots":3},"*":{}}}
            """);
        var (exit, output, _) = await RunAsync(["check-config"], ("HOSTS_FILE", "hosts.json"));
        Assert.Equal(0, exit);
        Assert.EndsWith($"""
            hosts of HOSTS_FILE {_file.Path}:
              a                http://a:1, its own key (set), drain: no new calls, slots 2
              b:2              http://b:2, no key, slots auto, max_running 8, max_loaded 2, vram_gb 24.5, pin m n:1b
              models qwen3*: num_ctx 32768, max_ctx 65536, slots 3
              models *: no options

            """, output, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckConfig_OneHostWithSlots_ListsIt() => Assert.EndsWith(
        """
        hosts of OLLAMA_HOST:
          a:1              http://a:1, no key

        """,
        (await RunAsync(["check-config"], ("OLLAMA_HOST", "http://a:1"), ("SLOTS", "auto"))).Output, StringComparison.Ordinal);

    [Fact]
    public async Task CheckConfig_OneHost_ListsNothingMore() =>
        Assert.DoesNotContain("hosts of", (await RunAsync(["check-config"], ("OLLAMA_HOST", "http://a:1"))).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("OLLAMA_HOST", "http://a:1", "HOSTS_FILE: OLLAMA_HOST is set too, and only one of the two can list the hosts; remove one")]
    [InlineData("OLLAMA_API_KEY", "sesame", "OLLAMA_API_KEY: it is not sent to the hosts of HOSTS_FILE; ")]
    [InlineData("PORT", "0", "HOSTS_FILE: line 2 of ")]
    public async Task CheckConfig_ConflictOrFault_NamesIt(string variable, string value, string expected)
    {
        _file.Write("hosts.json", "{\"hosts\":[\n{\"ur\":\"http://a\"}]}");
        var (exit, _, error) = await RunAsync(["check-config"], ("HOSTS_FILE", _file.Path), (variable, value));
        Assert.Equal(1, exit);
        Assert.Contains(expected, error, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SeveralHosts_ChecksEachAndComparesThem()
    {
        await using var one = await EmulatedOllama.StartAsync();
        await using var two = await EmulatedOllama.StartAsync(new EmulatorOptions { Models = [new EmulatedModel("plain:latest", ["completion"]) { Digest = new string('f', 64) }] });
        _file.Write("hosts.json", $$"""
            {"hosts":[{"name":"one","url":"{{one.Address}}","slots":4},{"name":"two","url":"{{two.Address}}"},{"name":"away","url":"http://127.0.0.1:1","slots":"auto"}],
             "models":{"nothing*":{"num_ctx":2048} } }
            """);
        var (exit, output, _) = await RunAsync(
            ["doctor", "--skip-generation"], ("HOSTS_FILE", _file.Path), ("PORT", "1"), ("OLLAMA_NUM_PARALLEL", "2"), ("SLOTS", "8"));
        Assert.Equal(1, exit);
        Assert.Contains($"[ok]      ollama (one): Ollama answers at {one.Address.AbsoluteUri.TrimEnd('/')}.", output, StringComparison.Ordinal);
        Assert.Contains("[ok]      ollama (two): ", output, StringComparison.Ordinal);
        Assert.Contains("[error]   ollama (away): Ollama does not answer at http://127.0.0.1:1.", output, StringComparison.Ordinal);
        Assert.Contains("ollama-version (two): ", output, StringComparison.Ordinal);
        Assert.Contains("models (one): ", output, StringComparison.Ordinal);
        Assert.Contains("ollama-version (away), models (away): Skipped: Ollama does not answer.", output, StringComparison.Ordinal);
        Assert.Contains("[warning] hosts: 2 of 3 hosts answer, but there are problems.", output, StringComparison.Ordinal);
        Assert.Contains("plain is not the same model everywhere: one on one, another on two.", output, StringComparison.Ordinal);
        Assert.Contains("one has 4 slots in HOSTS_FILE, but OLLAMA_NUM_PARALLEL is 2 on this machine.", output, StringComparison.Ordinal);
        Assert.Contains("two has 8 slots in SLOTS, but OLLAMA_NUM_PARALLEL is 2 on this machine.", output, StringComparison.Ordinal);
        Assert.DoesNotContain("away has", output, StringComparison.Ordinal);
        Assert.Contains("HOSTS_FILE has patterns that no model matches: nothing*.", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_SeveralHosts_SaysWhichAnswer()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var one = await EmulatedOllama.StartAsync();
        var address = one.Address.AbsoluteUri.TrimEnd('/');
        using var run = GatewayRun.Start(
            Directory, [], ("OLLAMA_HOST", $"one={address},away=http://127.0.0.1:1"), ("PORT", GatewayRun.FreePort()), ("LOG_FORMAT", "text"));
        Assert.Contains($"in front of Ollama at one={address}, away=http://127.0.0.1:1", await run.WaitForLineAsync("listens on"), StringComparison.Ordinal);
        var lines = new[] { await run.WaitForLineAsync("Host "), await run.WaitForLineAsync("Host ") };
        Assert.Contains(lines, line => line.Contains($"Host one is up: {address}", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("Host away (http://127.0.0.1:1) is down", StringComparison.Ordinal));
        await run.SignalAsync("TERM");
        await run.EndAsync();
    }

    [Fact]
    public async Task Hangup_ChangedFile_IsInForce()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _file.Write("hosts.json", """{"hosts":[{"url":"http://127.0.0.1:1"}]}""");
        using var run = GatewayRun.Start(Directory, [], ("HOSTS_FILE", _file.Path), ("PORT", GatewayRun.FreePort()), ("LOG_FORMAT", "text"));
        await run.WaitForLineAsync("listens on");
        _file.Write("hosts.json", """{"hosts":[{"url":"http://127.0.0.1:1"},{"url":7}]}""");
        await run.SignalAsync("HUP");
        Assert.Contains("line 1: hosts[1].url must be a string", await run.WaitForLineAsync("the old hosts stay in force"), StringComparison.Ordinal);
        _file.Write("hosts.json", """{"hosts":[{"url":"http://127.0.0.1:1"},{"url":"http://127.0.0.1:2"}]}""");
        await run.SignalAsync("HUP");
        await run.WaitForLineAsync("changed and is in force: 2 hosts");
        await run.SignalAsync("TERM");
        await run.EndAsync();
    }

    public void Dispose() => _file.Dispose();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, params (string Name, string Value)[] variables)
    {
        using var run = GatewayRun.Start(Directory, arguments, variables);
        return await run.EndAsync();
    }
}
