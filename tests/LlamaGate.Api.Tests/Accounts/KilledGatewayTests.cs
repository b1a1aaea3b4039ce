using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.CommandLine;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>What the accounts have after a gateway was killed in the middle of its work. They measure time, so nothing else runs meanwhile.</summary>
[Collection(nameof(RunsAlone))]
public sealed class KilledGatewayTests : IDisposable
{
    private const int Kills = 20;
    private const int Requests = 100;
    private const string Secret = "lg-killed-0123456789";

    /// <summary>200 requests a second.</summary>
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);

    /// <summary>Older records may not be lost.</summary>
    private static readonly TimeSpan Bound = TimeSpan.FromMilliseconds(250);

    private readonly TemporaryAccounts _accounts = new();
    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("k", Secret, """ "share_by":"user:X-User","rate_limit_rps":100000"""));

    public void Dispose()
    {
        _accounts.Dispose();
        _keys.Dispose();
    }

    /// <summary>Each request has a user of its own, so that its records can be counted.</summary>
    [Fact]
    public async Task Gateway_KilledUnderLoad_LosesNothingOlderAndCountsNothingTwice()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        await using var ollama = await EmulatedOllama.StartAsync();
        var due = new List<string>();
        for (var kill = 0; kill < Kills; kill++)
        {
            due.AddRange(await KillUnderLoadAsync(ollama, kill));
        }

        var calls = await CountCallsAsync();
        Assert.All(calls.Values, count => Assert.Equal(1, count));
        Assert.Empty(due.Except(calls.Keys, StringComparer.Ordinal));
        Assert.True(due.Count > Kills * Requests / 10, $"Only {due.Count} answers were old enough.");
    }

    /// <returns>The users whose answers had ended long enough before the kill.</returns>
    private async Task<IEnumerable<string>> KillUnderLoadAsync(EmulatedOllama ollama, int kill)
    {
        var port = GatewayRun.FreePort();
        using var run = GatewayRun.Start(
            _accounts.Directory, [], ("PORT", port), ("OLLAMA_HOST", ollama.Address.ToString()), ("DATA_DIR", _accounts.Directory),
            ("KEYS_FILE", _keys.Path), ("CACHE_ENABLED", "false"));
        await run.WaitForLineAsync("listens on");
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var answered = new ConcurrentDictionary<string, long>(StringComparer.Ordinal);
        // The first request waits for code to be compiled.
        await SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"{kill}-first"), answered);
        Assert.NotEmpty(answered);
        var sent = new List<Task>();
        using var timer = new PeriodicTimer(Period);
        for (var number = 0; number < Requests && await timer.WaitForNextTickAsync(); number++)
        {
            sent.Add(SendAsync(client, string.Create(CultureInfo.InvariantCulture, $"{kill}-{number}"), answered));
        }

        var killed = Stopwatch.GetTimestamp();
        await run.SignalAsync("KILL");
        await Task.WhenAll(sent);
        return [.. answered.Where(one => Stopwatch.GetElapsedTime(one.Value, killed) > Bound).Select(one => one.Key)];
    }

    private static async Task SendAsync(HttpClient client, string user, ConcurrentDictionary<string, long> answered)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(ChatBody.Hi, Encoding.UTF8, "application/json"),
        };
        request.Headers.Authorization = new("Bearer", Secret);
        request.Headers.Add("X-User", user);
        try
        {
            using var response = await client.SendAsync(request);
            if (response.IsSuccessStatusCode)
            {
                answered[user] = Stopwatch.GetTimestamp();
            }
        }
        catch (HttpRequestException)
        {
            // The gateway was killed.
        }
    }

    private async Task<Dictionary<string, int>> CountCallsAsync()
    {
        using var run = GatewayRun.Start(
            _accounts.Directory, ["usage", "--by", "user", "--format", "json"], ("DATA_DIR", _accounts.Directory));
        var (exit, output, error) = await run.EndAsync();
        Assert.Equal((0, ""), (exit, error));
        return JsonElement.Parse(output).GetProperty("data").EnumerateArray()
            .ToDictionary(row => row.GetProperty("user").GetString()!, row => row.GetProperty("calls").GetInt32(), StringComparer.Ordinal);
    }
}
