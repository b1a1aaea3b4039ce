using System.Globalization;
using System.Text.Json;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>How long the queue is, and for how long one waits in it.</summary>
public sealed class QueueLimitTests : IDisposable
{
    private readonly TemporaryKeys _keys = new(
        TemporaryKeys.Key("alice", "lg-alice-0123456789", "\"max_waiting\":2"), TemporaryKeys.Key("bob", "lg-bob-0123456789"));

    private static readonly (string, string) Alice = ("Authorization", "Bearer lg-alice-0123456789");
    private static readonly (string, string) Bob = ("Authorization", "Bearer lg-bob-0123456789");

    [Fact]
    public async Task Call_BeyondTheKeysMaxWaiting_IsRefusedAndOthersAreNot()
    {
        await using var bed = await SharingBed.StartAsync(WithKeys());
        var held = await bed.HoldAsync(headers: Alice);
        var waiting = new[] { bed.ChatAsync(headers: Alice), bed.ChatAsync(headers: Alice) };
        await bed.WaitingAsync(2, Alice);

        AssertRefused(await bed.ChatAsync(headers: Alice), 429, "rate_limit_error", "too_many_waiting");
        var other = bed.ChatAsync(headers: Bob);
        await bed.WaitingAsync(1, Bob);
        await held.ReleaseAsync();
        Assert.All(await Task.WhenAll([.. waiting, other]), answer => Assert.Equal(200, answer.Status));
    }

    /// <summary>With an idle host it would be refused each time it is tried again.</summary>
    [Theory]
    [InlineData("/v1/chat/completions", "\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}],\"n\":6")]
    [InlineData("/v1/completions", "\"prompt\":[\"a\",\"b\",\"c\",\"d\",\"e\",\"f\"]")]
    public async Task Request_WithMoreChoicesThanMayWait_IsNotRefusedBecauseOfItself(string path, string members)
    {
        await using var bed = await SharingBed.StartAsync(WithKeys());
        var answer = await bed.PostAsync(path, $$"""{"model":"plain","max_tokens":3,{{members}}}""", Alice);

        Assert.Equal((200, 6), (answer.Status, answer.Json.GetProperty("choices").GetArrayLength()));
    }

    [Fact]
    public async Task Queue_OfAKey_ShowsItsOwnCallsOnly()
    {
        await using var bed = await SharingBed.StartAsync(WithKeys());
        var held = await bed.HoldAsync(headers: Alice);
        var waiting = bed.ChatAsync(headers: Bob);
        await bed.WaitingAsync(1, Bob);

        var running = Assert.Single(await bed.QueueAsync(Alice));
        AssertCall(running, "running", position: 0);
        var other = Assert.Single(await bed.QueueAsync(Bob));
        AssertCall(other, "waiting", position: 1);
        Assert.NotEqual(running.GetProperty("id").GetString(), other.GetProperty("id").GetString(), StringComparer.Ordinal);
        await held.ReleaseAsync();
        Assert.Equal(200, (await waiting).Status);
        Assert.Empty(await bed.QueueAsync(Bob));
    }

    [Fact]
    public async Task Call_BeyondQueueMax_IsRefused()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup
        {
            Adjust = settings => settings with { Scheduler = settings.Scheduler with { QueueMax = 1 } },
        });
        var held = await bed.HoldAsync();
        var waiting = bed.ChatAsync();
        await bed.WaitingAsync(1);
        AssertRefused(await bed.ChatAsync(), 503, "server_error", "queue_full");
        await held.ReleaseAsync();
        Assert.Equal(200, (await waiting).Status);
    }

    [Fact]
    public async Task Call_ThatWaitsBeyondQueueTimeout_IsRefused()
    {
        await using var bed = await SharingBed.StartAsync(WithTimeout());
        var held = await bed.HoldAsync();
        var waiting = bed.ChatAsync();
        await bed.WaitingAsync(1);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(19));
        await bed.WaitingAsync(1);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        var answer = await waiting;
        AssertRefused(answer, 503, "server_error", "queue_timeout");
        Assert.Contains("The request waited for 20 s,", answer.Body, StringComparison.Ordinal);
        await held.ReleaseAsync();
        Assert.Single(bed.Calls());
    }

    [Fact]
    public async Task Stream_ThatWaitsBeyondQueueTimeoutAfterAComment_EndsWithTheError()
    {
        var clock = new WatchedClock();
        var notice = TimeSpan.FromSeconds(7);
        var setup = WithTimeout();
        await using var bed = await SharingBed.StartAsync(setup with
        {
            Clock = clock,
            Adjust = settings => setup.Adjust(settings) with { OwnQueueNotice = notice },
        });
        var held = await bed.HoldAsync();
        var opening = bed.OpenAsync(SharingBed.Chat(stream: true));
        await bed.WaitingAsync(1);
        await clock.SetAsync(notice);
        clock.Advance(notice);
        using var stream = await opening;
        Assert.StartsWith(": queued position=1 ", await stream.NextAsync(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromSeconds(21));
        var failure = await stream.UntilAsync("queue_timeout");
        Assert.Contains("\"type\":\"server_error\"", failure, StringComparison.Ordinal);
        await held.ReleaseAsync();
        Assert.Single(bed.Calls());
    }

    public void Dispose() => _keys.Dispose();

    private static SharingSetup WithTimeout() => new()
    {
        Adjust = settings => settings with { Scheduler = settings.Scheduler with { QueueTimeout = TimeSpan.FromSeconds(20) } },
    };

    private SharingSetup WithKeys() => new() { Adjust = settings => settings with { KeysFile = _keys.Path } };

    private static void AssertCall(JsonElement call, string state, int position) => Assert.Equal((state, position, "plain"), (
        call.GetProperty("state").GetString(), call.GetProperty("position").GetInt32(), call.GetProperty("model").GetString()));

    private static void AssertRefused(HttpAnswer answer, int status, string type, string code)
    {
        Assert.Equal((status, code), (answer.Status, answer.ErrorCode));
        Assert.Contains($"\"type\":\"{type}\"", answer.Body, StringComparison.Ordinal);
        var seconds = int.Parse(answer.Headers["Retry-After"], CultureInfo.InvariantCulture);
        var milliseconds = int.Parse(answer.Headers["retry-after-ms"], CultureInfo.InvariantCulture);
        Assert.InRange(seconds, 1, 144);
        Assert.InRange(milliseconds, (seconds - 1) * 1000, seconds * 1000);
    }
}
