using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>A host cannot load a model.</summary>
public sealed class FailedLoadTests
{
    [Fact]
    public async Task Load_ThatFails_GivesItsWaitersTheHostsErrorAndTheNextOnesToo()
    {
        await using var bed = await SharingBed.StartAsync();
        var gate = new Gate();
        bed.Host.EnqueueLoad(Scenario.Fails(500, "out of memory").PauseAt(0, gate));
        var waiting = Enumerable.Range(0, 3).Select(_ => bed.ChatAsync()).ToArray();
        await bed.WaitingAsync(3);
        gate.Release();
        foreach (var answer in await Task.WhenAll(waiting))
        {
            AssertFailed(answer);
        }

        AssertFailed(await bed.ChatAsync());
        Assert.Single(bed.Calls("/api/generate"));
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal(2, bed.Calls("/api/generate").Count);
    }

    [Fact]
    public async Task Load_ThatFailsOnOneHost_IsDoneByTheOther()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup().With(hosts: 2));
        bed.Host.EnqueueLoad(Scenario.Fails(500, "out of memory"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => bed.ChatAsync()));
        Assert.All(answers, answer => Assert.Equal((200, "b"), (answer.Status, answer.Headers["X-LlamaGate-Host"])));
        Assert.Empty(bed.Calls());
        Assert.Single(bed.Calls("/api/generate"));
        Assert.Single(bed.Calls("/api/generate", host: 1));
    }

    private static void AssertFailed(HttpAnswer answer)
    {
        Assert.Equal(502, answer.Status);
        Assert.Contains("out of memory", answer.Body, StringComparison.Ordinal);
    }
}
