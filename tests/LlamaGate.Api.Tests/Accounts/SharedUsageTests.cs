using LlamaGate.Api.Tests.Sharing;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Errors;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>The records of calls to shared hosts.</summary>
public sealed class SharedUsageTests
{
    private readonly SeenUsage _usage = new();

    [Fact]
    public async Task Calls_ThatWaitForALoad_PayForItEqually()
    {
        var load = TimeSpan.FromMilliseconds(300);
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with
        {
            Hosts = [SharingSetup.Quick with { LoadTime = load }],
            Slots = 3,
            Configure = _usage.Register,
        });
        var calls = Enumerable.Range(0, 3).Select(i => bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(content: $"hi {i}"))).ToArray();
        await Task.WhenAll(calls);
        var warm = await bed.ChatAsync();

        Assert.Equal(200, warm.Status);
        var records = await _usage.NextAsync(4);
        var cold = records.Where(record => record.Load > TimeSpan.Zero).ToArray();
        var parts = cold.Select(record => record.Load.TotalSeconds).ToArray();
        Assert.InRange(parts.Sum(), load.TotalSeconds, load.TotalSeconds + 5);
        Assert.All(parts, part => Assert.Equal(parts.Sum() / parts.Length, part, tolerance: 0.001));
        Assert.All(cold, record => Assert.True(record.Waited >= load * 0.9));
        Assert.Equal(TimeSpan.Zero, records[^1].Load);
        Assert.All(records, record => Assert.Equal("a", record.Host));
    }

    [Fact]
    public async Task Call_ThatMovesToAnotherHost_IsARecordOfEach()
    {
        await using var bed = await SharingBed.StartAsync((SharingSetup.InRealTime with { Configure = _usage.Register }).With(hosts: 2));
        bed.Hosts[0].Enqueue(Scenario.Fails(500), "/api/chat");
        var answer = await bed.ChatAsync();

        Assert.Equal((200, "b"), (answer.Status, answer.Headers["X-LlamaGate-Host"]));
        var records = await _usage.NextAsync(2);
        Assert.Equal(
            [("a", UsageOutcome.Failed, GatewayError.UpstreamError), ("b", UsageOutcome.Completed, null)],
            records.Select(record => (record.Host, record.Outcome, record.Error)));
        Assert.Equal(TimeSpan.Zero, records[0].GpuTime);
        Assert.True(records[1].Load > TimeSpan.Zero);
    }

    [Fact]
    public async Task Call_WhoseClientLeavesInTheQueue_IsNoRecord()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with { Configure = _usage.Register });
        var held = await bed.HoldAsync();
        using var leaving = new CancellationTokenSource();
        var left = bed.OpenAsync(SharingBed.Chat(content: "leaves"), leaving.Token);
        await bed.WaitingAsync(1);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await bed.WaitingAsync(0);
        await held.ReleaseAsync();
        await bed.ChatAsync();
        var records = await _usage.NextAsync(2);
        Assert.Equal([UsageOutcome.Completed, UsageOutcome.Completed], records.Select(record => record.Outcome));
    }

    [Fact]
    public async Task NativeCalls_OfSharedHosts_AreRecords()
    {
        await using var bed = await SharingBed.StartAsync(SharingSetup.InRealTime with { Configure = _usage.Register });
        await bed.PostAsync("/api/generate", """{"model":"plain","prompt":"hi","options":{"num_predict":3}}""");
        await bed.PostAsync("/api/embed", """{"model":"embed","input":"hi"}""");
        var records = await _usage.NextAsync(2);
        Assert.Equal(
            [("plain", UsageOperation.TextCompletion), ("embed", UsageOperation.Embeddings)],
            records.Select(record => (record.Model, record.Operation)));
        Assert.All(records, record => Assert.True(record.Prompt > TimeSpan.Zero && record.Load > TimeSpan.Zero));
    }
}
