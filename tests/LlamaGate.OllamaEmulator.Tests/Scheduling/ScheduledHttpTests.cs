using System.Text.Json;
using LlamaGate.OllamaEmulator.Tests.Wire;

namespace LlamaGate.OllamaEmulator.Tests.Scheduling;

/// <summary>The scheduler on the wire, beside what the recordings show.</summary>
public sealed class ScheduledHttpTests : IAsyncLifetime
{
    private EmulatedOllama? _ollama;

    private EmulatedOllama Ollama => _ollama ?? throw new InvalidOperationException("The emulator has not been started.");

    public async Task InitializeAsync() => _ollama = await EmulatedOllama.StartAsync(new EmulatorOptions
    {
        Scheduling = new SchedulingOptions { LoadTime = TimeSpan.Zero, TokenTime = TimeSpan.FromTicks(1) },
    });

    public async Task DisposeAsync() => await Ollama.DisposeAsync();

    [Fact]
    public async Task Load_OfACallWithoutMessages_TakesNoSlot()
    {
        var gate = new Gate();
        Ollama.Enqueue(Scenario.Says("hello").PauseAt(0, gate));
        using var running = await Ollama.OpenChatAsync("plain");
        await gate.Reached.WaitAsync(EmulatedClient.Patience);

        var load = await RawConnection.PostAsync(Ollama, "/api/generate", """{"model":"plain","keep_alive":"10m"}""");

        Assert.Contains("\"done_reason\":\"load\"", load.Body, StringComparison.Ordinal);
        gate.Release();
        Assert.Equal(200, (await running.ReadAsync()).Status);
    }

    [Fact]
    public async Task Slot_OfAPausedAnswer_IsHeldUntilTheAnswerIsOut()
    {
        var gate = new Gate();
        Ollama.Enqueue(Scenario.Says("hello").PauseAt(1, gate));
        using var first = await Ollama.OpenChatAsync("plain");
        await gate.Reached.WaitAsync(EmulatedClient.Patience);
        using var second = await Ollama.OpenChatAsync("plain");

        await Ollama.Runners.WhenAsync(r => r.Running("plain") == 1 && r.Waiting("plain") == 1, EmulatedClient.Patience);
        gate.Release();

        Assert.Equal(200, (await second.ReadAsync()).Status);
        Assert.Equal((1, 2), (Ollama.Runners.MaxRunning("plain"), Ollama.Runners.MaxInside("plain")));
    }

    [Fact]
    public async Task Slot_OfAnAnswerWhoseLastLineIsRead_IsFreeForTheNextCall()
    {
        for (var i = 0; i < 50; i++)
        {
            var answer = await RawConnection.PostAsync(
                Ollama, "/api/chat", """{"model":"plain","messages":[{"role":"user","content":"x"}],"options":{"num_predict":2}}""");
            Assert.Equal(200, answer.Status);
        }

        Assert.Equal((1, 1), (Ollama.Runners.MaxRunning("plain"), Ollama.Runners.MaxInside("plain")));
    }

    [Fact]
    public async Task Counts_OverTheControlEndpoint_NameCallersAndPeaksUntilCleared()
    {
        await RawConnection.PostAsync(
            Ollama, "/api/chat", """{"model":"plain","messages":[{"role":"user","content":"caller=ann x"}],"options":{"num_predict":2}}""");
        using var client = new HttpClient { BaseAddress = Ollama.Address };

        using var counts = JsonDocument.Parse(await client.GetStringAsync(new Uri("/_emulator/runners", UriKind.Relative)));
        using var cleared = await client.DeleteAsync(new Uri("/_emulator/runners", UriKind.Relative));
        using var after = JsonDocument.Parse(await client.GetStringAsync(new Uri("/_emulator/runners", UriKind.Relative)));

        Assert.Equal(1, counts.RootElement.GetProperty("callers").GetProperty("ann").GetProperty("answered").GetInt32());
        Assert.Equal(1, counts.RootElement.GetProperty("peaks").GetProperty("plain:latest").GetProperty("inside").GetInt32());
        Assert.Equal(1, counts.RootElement.GetProperty("loadsByModel").GetProperty("plain:latest").GetInt32());
        Assert.Equal(1, counts.RootElement.GetProperty("slots").EnumerateObject().Count(member => member.NameEquals("gapP95")));
        Assert.Equal(204, (int)cleared.StatusCode);
        Assert.Empty(after.RootElement.GetProperty("callers").EnumerateObject());
        Assert.Equal(["plain:latest"], Ollama.Runners.Loaded, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Answer_OfAListedModel_CountsToNumPredict()
    {
        var response = await RawConnection.PostAsync(
            Ollama, "/api/chat", """{"model":"plain","messages":[{"role":"user","content":"x"}],"options":{"num_predict":12}}""");

        Assert.Equal(13, response.Lines.Length);
        Assert.Contains("\"eval_count\":12", response.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task KillRunner_OverHttp_EndsTheProcessOfThatModel()
    {
        await Ollama.ChatAsync("plain");
        Assert.Equal(404, (await RawConnection.PostAsync(Ollama, "/_emulator/kill-runner/embed", string.Empty)).Status);
        Assert.Equal(204, (await RawConnection.PostAsync(Ollama, "/_emulator/kill-runner/plain", string.Empty)).Status);
        await Ollama.ChatAsync("plain");

        var runners = await RawConnection.ExchangeAsync(Ollama, "GET", "/_emulator/runners");

        Assert.Contains("\"reason\":\"Died\"", runners.Body, StringComparison.Ordinal);
        Assert.Contains("\"busySlotTime\":", runners.Body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-1", 106_751)]
    [InlineData("\"24h\"", 1)]
    [InlineData("\"47h60m\"", 2)]
    [InlineData("259200", 3)]
    public async Task Ps_OfAModelWithKeepAlive_ShowsWhenItGoes(string keepAlive, int days)
    {
        await RawConnection.PostAsync(Ollama, "/api/generate", $$"""{"model":"plain","keep_alive":{{keepAlive}}}""");

        var ps = await RawConnection.ExchangeAsync(Ollama, "GET", "/api/ps");

        using var document = JsonDocument.Parse(ps.Body);
        var expires = document.RootElement.GetProperty("models")[0].GetProperty("expires_at").GetDateTimeOffset();
        Assert.Equal(days, (expires - TimeProvider.System.GetUtcNow()).TotalDays, tolerance: 0.01);
    }

    [Fact]
    public async Task Blobs_OfModels_AreInTheirModelfiles()
    {
        await using var ollama = await EmulatedOllama.StartAsync(new EmulatorOptions
        {
            Models =
            [
                new EmulatedModel("one:latest", ["completion"]) { Blob = "sha256-same" },
                new EmulatedModel("two:latest", ["completion"]),
            ],
        });

        var one = await RawConnection.PostAsync(ollama, "/api/show", """{"model":"one"}""");
        var two = await RawConnection.PostAsync(ollama, "/api/show", """{"model":"two"}""");

        Assert.Contains("/blobs/sha256-same\\n", one.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("/blobs/sha256-same\\n", two.Body, StringComparison.Ordinal);
    }
}
