using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>The short way says the same as the long one.</summary>
public sealed partial class BenchTests(SharedEmulator shared) : IClassFixture<SharedEmulator>
{
    private EmulatedOllama Emulator => shared.Emulator;

    [Theory]
    [InlineData("plain-3", "tokens-3")]
    [InlineData("plain-500", "tokens-500")]
    public async Task Plain_BesideTheScriptedModel_HasTheSameBytesButForNumbers(string bench, string scripted)
    {
        var fast = await Emulator.ChatAsync($"bench:{bench}", stream: false);
        var slow = await Emulator.ChatAsync($"emu:{scripted}", stream: false);

        Assert.Equal(200, fast.Status);
        Assert.Equal(Masked(slow.Body), Masked(fast.Body));
        Assert.Equal(slow.Header("Content-Type"), fast.Header("Content-Type"));
        Assert.Equal(slow.Header("Transfer-Encoding"), fast.Header("Transfer-Encoding"));
    }

    [Fact]
    public async Task Flood_BesideTheScriptedModel_HasTheSameLinesAndPackets()
    {
        var fast = await Emulator.ChatAsync("bench:flood-200_pack-50");
        var slow = await Emulator.ChatAsync("emu:flood-200_pack-50");

        Assert.Equal(201, fast.Lines.Length);
        Assert.Equal(Masked(slow.Body), Masked(fast.Body));
        Assert.Equal(slow.Chunks.Select(chunk => chunk.Split('\n').Length), fast.Chunks.Select(chunk => chunk.Split('\n').Length));
        Assert.Equal(slow.Header("Content-Type"), fast.Header("Content-Type"));
    }

    [Fact]
    public async Task Paced_EachToken_CarriesTheTimeItWasSent()
    {
        var before = Stopwatch.GetTimestamp();
        var answer = await Emulator.ChatAsync("bench:paced-3_gap-20ms");
        var after = Stopwatch.GetTimestamp();

        var stamps = answer.Lines[..3].Select(StampOf).ToArray();
        Assert.All(stamps, stamp => Assert.InRange(stamp, before, after));
        Assert.True(stamps[1] - stamps[0] > 10_000_000 && stamps[2] - stamps[1] > 10_000_000);
        Assert.Equal(4, answer.Chunks.Count);
        Assert.Contains("\"done\":true", answer.Lines[3], StringComparison.Ordinal);
    }

    /// <summary>The rest of a body that comes in many packets is not taken for the next request.</summary>
    [Fact]
    public async Task Plain_WithALargeBody_LeavesTheConnectionInOrder()
    {
        using var connection = await RawConnection.OpenAsync(Emulator);
        var body = $$"""{"model":"bench:plain-1","messages":[{"role":"user","content":"{{new string('x', 1_000_000)}}"}]}""";
        for (var i = 0; i < 2; i++)
        {
            await connection.SendAsync("POST", "/api/chat", body);
            Assert.Equal(200, (await connection.ReadAsync()).Status);
        }
    }

    [Theory]
    [InlineData("bench:slow-3", "a bench model is plain, flood or paced, not 'slow'")]
    [InlineData("bench:plain-x", "'x' is no whole number up to 1000000")]
    [InlineData("bench:plain-3_fail-reset", "unknown directive 'fail-reset'")]
    [InlineData("bench:paced-3_gap-1s", "'1s' is no time such as 50ms")]
    [InlineData("bench:plain", "unknown directive 'plain'")]
    public async Task Directives_ThatCannotBeRead_AreNamed(string model, string complaint)
    {
        var answer = await Emulator.ChatAsync(model);

        Assert.Equal(400, answer.Status);
        Assert.Equal($$"""{"error":"emulator: {{complaint}}"}""", answer.Body);
    }

    [Fact]
    public async Task Abort_OfARequestWithAnId_IsNotedWithItsTime()
    {
        var before = Stopwatch.GetTimestamp();
        using (var connection = await Emulator.OpenChatAsync("bench:paced-1000_gap-10ms_id-seven"))
        {
            await connection.ReadHeadAsync();
        }

        var noted = await AbortOfAsync("seven");

        Assert.InRange(noted, before, Stopwatch.GetTimestamp());
        await RawConnection.ExchangeAsync(Emulator, "DELETE", "/_emulator/bench");
        Assert.DoesNotContain("seven", await BenchLogAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_OfABenchModel_IsNotRemembered()
    {
        await using var emulator = await EmulatedOllama.StartAsync();

        await emulator.ChatAsync("bench:plain-1");
        await emulator.ChatAsync("emu:tokens-1", stream: false);

        Assert.Contains("emu:tokens-1", Assert.Single(emulator.Requests).Body, StringComparison.Ordinal);
    }

    private static string Masked(string json) => Times().Replace(json, "${name}…")
        .Replace("bench:plain", "emu:tokens", StringComparison.Ordinal)
        .Replace("bench:flood", "emu:flood", StringComparison.Ordinal);

    private static long StampOf(string line)
    {
        var content = JsonDocument.Parse(line).RootElement.GetProperty("message").GetProperty("content").GetString();
        Assert.StartsWith("@", content, StringComparison.Ordinal);
        return long.Parse(content.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex("""(?<name>"created_at":|_duration":|"prompt_eval_count":)("[^"]*"|\d+)""", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Times();

    private async Task<string> BenchLogAsync() =>
        (await RawConnection.ExchangeAsync(Emulator, "GET", "/_emulator/bench")).Body;

    private async Task<long> AbortOfAsync(string id)
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < EmulatedClient.Patience)
        {
            var log = JsonDocument.Parse(await BenchLogAsync()).RootElement;
            if (log.GetProperty("aborted").TryGetProperty(id, out var ticks))
            {
                return ticks.GetInt64();
            }

            await Task.Yield();
        }

        throw new TimeoutException("The abort was not noted.");
    }
}
