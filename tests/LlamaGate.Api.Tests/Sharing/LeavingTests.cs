using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>Clients leave before and after their call has begun.</summary>
public sealed class LeavingTests
{
    [Fact]
    public async Task Client_ThatLeavesWhileItWaits_IsGoneAndReachesNoHost()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        using var leaving = new CancellationTokenSource();
        var opening = bed.OpenAsync(SharingBed.Chat(stream: true, content: "leaves"), leaving.Token);
        await bed.WaitingAsync(1);
        var staying = bed.ChatAsync();
        await bed.WaitingAsync(2);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => opening);
        await bed.WaitingAsync(1);
        await held.ReleaseAsync();
        Assert.Equal(200, (await staying).Status);
        Assert.DoesNotContain(bed.Calls(), call => call.Body.Contains("leaves", StringComparison.Ordinal));
        Assert.Equal(2, bed.Calls().Count);
    }

    [Fact]
    public async Task Client_ThatLeavesWhileItsCallRuns_CancelsItAndFreesTheSlot()
    {
        await using var bed = await SharingBed.StartAsync();
        using var stream = await bed.OpenAsync(SharingBed.Chat(stream: true, members: "\"max_tokens\":100000"));
        await stream.UntilAsync("\"content\":");
        var running = Assert.Single(bed.Calls());
        var waiting = bed.ChatAsync();
        await bed.WaitingAsync(1);
        stream.Dispose();
        await running.Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        Assert.Equal(200, (await waiting).Status);
    }
}
