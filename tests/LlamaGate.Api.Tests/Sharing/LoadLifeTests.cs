using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Loads belong to the gateway: what callers do does not end them, and pins hold.</summary>
public sealed class LoadLifeTests
{
    private static readonly SchedulingOptions Slow = SharingSetup.Quick with { LoadTime = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public async Task Load_WhoseOnlyCallerLeaves_GoesOnAndServesTheNext()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Hosts = [Slow] });
        using var leaving = new CancellationTokenSource();
        var opening = bed.OpenAsync(SharingBed.Chat(stream: true), leaving.Token);
        await bed.Host.Runners.WhenAsync(runners => runners.Loads.Count == 1, GatewayOverOllama.LongestWait);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);

        Assert.Equal(200, (await bed.ChatAsync()).Status);
        var load = Assert.Single(bed.Host.Runners.Loads);
        Assert.False(load.IsAbandoned);
        Assert.Single(bed.Calls());
    }

    [Fact]
    public async Task PinnedModel_WhileTwoOthersTakeTurns_IsNeverEvicted()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Hosts = [SharingSetup.Quick with { MaxLoadedModels = 2 }],
            Limits = "\"max_loaded\":2,\"pin\":[\"plain\"]",
        });
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(200, (await bed.ChatAsync("tiny")).Status);
            Assert.Equal(200, (await bed.PostAsync("/v1/embeddings", """{"model":"embed","input":"a"}""")).Status);
        }

        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal(1, bed.Host.Runners.LoadsByModel["plain:latest"]);
        Assert.DoesNotContain(bed.Host.Runners.Loads, load => load.Evicted == "plain:latest");
        Assert.DoesNotContain(
            bed.Calls("/api/generate"), call => call.Body.Contains("plain:latest\",\"keep_alive\":0", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Model_ThatPinnedModelsLeaveNoRoomFor_IsRefusedAtOnce()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Limits = "\"max_loaded\":1,\"pin\":[\"plain\"]" });
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        var refused = await bed.ChatAsync("tiny");

        Assert.Equal((503, "no_host"), (refused.Status, refused.ErrorCode));
        Assert.Equal("false", refused.Headers["x-should-retry"]);
        Assert.False(refused.Headers.ContainsKey("Retry-After"));
        Assert.Contains("pinned", refused.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Single(bed.Calls());
    }

    [Fact]
    public async Task Wish_ForALargerContext_GrowsByAPowerOfTwoUpToTheMaximum()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Models = """{"plain":{"num_ctx":2048,"max_ctx":6000}}""" });
        Assert.Equal("context=2048", (await WishAsync(bed, 1000)).Headers["X-LlamaGate-Context"]);
        Assert.Equal("context=4096", (await WishAsync(bed, 3000)).Headers["X-LlamaGate-Context"]);
        Assert.Equal("context=4096", (await WishAsync(bed, 2000)).Headers["X-LlamaGate-Context"]);
        Assert.Equal("context=6000", (await WishAsync(bed, 100_000)).Headers["X-LlamaGate-Context"]);
        Assert.Equal("context=6000", (await WishAsync(bed, null)).Headers["X-LlamaGate-Context"]);
        Assert.Equal([2048, 4096, 6000], bed.Host.Runners.Loads.Select(load => load.ContextLength));
        Assert.Equal([2048, 4096, 4096, 6000, 6000], bed.Calls().Select(SharingBed.ContextOf));
    }

    [Fact]
    public async Task WishForALargerContext_WhileTheRunnerWorks_WaitsForItsCalls()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Models = """{"plain":{"num_ctx":2048,"max_ctx":8192}}""" });
        var held = await bed.HoldAsync();
        var larger = WishAsync(bed, 5000);
        await bed.WaitingAsync(1);
        Assert.Single(bed.Host.Runners.Loads);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        await held.ReleaseAsync();
        Assert.Equal("context=8192", (await larger).Headers["X-LlamaGate-Context"]);
        Assert.Equal([2048, 8192], bed.Host.Runners.Loads.Select(load => load.ContextLength));
        Assert.Equal(1, bed.Host.Runners.MaxInside("plain"));
    }

    private static async Task<HttpAnswer> WishAsync(SharingBed bed, int? context)
    {
        var wish = context is { } tokens ? $",\"num_ctx\":{tokens}" : "";
        var answer = await bed.PostAsync(
            "/api/chat",
            $$$"""{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false,"options":{"num_predict":3{{{wish}}}}}""");
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }
}
