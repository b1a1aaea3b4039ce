using LlamaGate.Api.Tests.Accounts;
using LlamaGate.Domain.Accounts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>The wait of a call that fails at one host and is sent to another.</summary>
public sealed class FailedOverWaitTests
{
    private readonly SeenUsage _usage = new();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_BeforeEachAttempt_CountsOnceAndTheCallerSeesAll(bool isStream)
    {
        var (before, after) = (TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(3.5));
        await using var bed = await StartAsync();
        var held = await bed.HoldBothAsync();
        bed.Hosts[0].Enqueue(Scenario.Fails(500), "/api/chat");
        var waiting = bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(stream: isStream));
        await bed.WaitingAsync(1);
        bed.Gateway.Clock.Advance(before);
        await held[0].ReleaseAsync();
        // Those of the held call and of the failed attempt.
        await _usage.NextAsync(2);
        await bed.WaitingAsync(1);
        bed.Gateway.Clock.Advance(after);
        await held[1].ReleaseAsync();

        var answer = await waiting;
        Assert.Equal((200, "position=1, waited=5.5s"), (answer.Status, answer.Headers["X-LlamaGate-Queue"]));
        Assert.Equal([("a", before), ("b", after)], await WaitsAsync(4));
        Assert.Contains(await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"host\":\"b\",\"waited_ms\":5500,", StringComparison.Ordinal));
    }

    /// <summary>The time at the host that failed is a wait for the caller, but none for a slot.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Wait_AtAHostThatFails_IsSeenByTheCallerAlone(bool isStream)
    {
        await using var bed = await StartAsync();
        foreach (var held in await bed.HoldBothAsync())
        {
            await held.ReleaseAsync();
        }

        var gate = new Gate();
        bed.Hosts[0].Enqueue(Scenario.Fails(500).PauseAt(0, gate), "/api/chat");
        var waiting = bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(stream: isStream), ("X-LlamaGate-Server-Timing", "1"));
        await gate.Reached;
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(4));
        gate.Release();

        var answer = await waiting;
        Assert.Equal((200, "position=0, waited=4s"), (answer.Status, answer.Headers["X-LlamaGate-Queue"]));
        Assert.Contains("queue;dur=0, ", isStream ? answer.Body : answer.Headers["Server-Timing"], StringComparison.Ordinal);
        Assert.Empty(await WaitsAsync(4));
        Assert.Contains(await bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"host\":\"b\",\"waited_ms\":4000,", StringComparison.Ordinal));
    }

    private Task<SharingBed> StartAsync() => SharingBed.StartAsync(new SharingSetup { Configure = _usage.Register }.With(hosts: 2));

    /// <param name="count">Of all records.</param>
    private async Task<IEnumerable<(string?, TimeSpan)>> WaitsAsync(int count)
    {
        IReadOnlyList<UsageRecord> records = [];
        while (records.Count < count)
        {
            records = await _usage.NextAsync();
        }

        return records.Where(record => record.Waited > TimeSpan.Zero).Select(record => (record.Host, record.Waited));
    }
}
