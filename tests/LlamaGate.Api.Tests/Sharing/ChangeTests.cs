using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>The gateway stops, keys change and the clock jumps while calls wait.</summary>
public sealed class ChangeTests : IDisposable
{
    private readonly TemporaryKeys _keys = new(AliceKey, BobKey);

    private static readonly string AliceKey = TemporaryKeys.Key("alice", "lg-alice-0123456789");
    private static readonly string BobKey = TemporaryKeys.Key("bob", "lg-bob-0123456789");
    private static readonly (string, string) Alice = ("Authorization", "Bearer lg-alice-0123456789");
    private static readonly (string, string) Bob = ("Authorization", "Bearer lg-bob-0123456789");

    /// <summary>The place of each call in the time that is left decides, so that some are refused and some served.</summary>
    [Fact]
    public async Task Stop_WhileManyWait_RefusesThoseThatItCannotServeAtOnce()
    {
        await using var bed = await SharingBed.StartAsync();
        var held = await bed.HoldAsync();
        Task<HttpAnswer>[] waiting =
            [.. Enumerable.Range(0, 100).Select(_ => bed.PostAsync(SharingBed.ChatPath, SharingBed.Chat(members: "\"max_tokens\":30")))];
        await bed.WaitingAsync(100);

        var stopping = bed.Gateway.StopAsync();
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (waiting.Count(answer => answer.IsCompleted) < 30)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }

        await held.ReleaseAsync();
        var answers = await Task.WhenAll(waiting);
        var refused = answers.Where(answer => answer.Status != 200).ToArray();
        Assert.All(refused, answer => Assert.Equal((503, "shutting_down"), (answer.Status, answer.ErrorCode)));
        Assert.All(refused, answer => Assert.True(answer.Headers.ContainsKey("Retry-After")));
        Assert.InRange(refused.Length, 20, 95);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Fact]
    public async Task Key_ThatIsRemovedWhileItWaits_IsRefusedAndOthersStay()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Adjust = settings => settings with { KeysFile = _keys.Path } });
        var held = await bed.HoldAsync(headers: Alice);
        var alice = new[] { bed.ChatAsync(headers: Alice), bed.ChatAsync(headers: Alice) };
        var bob = bed.ChatAsync(headers: Bob);
        await bed.WaitingAsync(2, Alice);
        await bed.WaitingAsync(1, Bob);

        _keys.Write(BobKey);
        bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.All(await Task.WhenAll(alice), answer => Assert.Equal((401, "invalid_api_key"), (answer.Status, answer.ErrorCode)));
        await bed.WaitingAsync(1, Bob);
        await held.ReleaseAsync();
        Assert.Equal(200, (await bob).Status);
        Assert.Equal(2, bed.Calls().Count);
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(-100_000)]
    public async Task Clock_ThatJumps_ChangesNothingForThoseWhoWait(int seconds)
    {
        var clock = new ShiftedClock();
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Clock = clock });
        var held = await bed.HoldAsync();
        var waiting = bed.ChatAsync();
        await bed.WaitingAsync(1);
        clock.Shift = TimeSpan.FromSeconds(seconds);
        clock.Advance(TimeSpan.FromSeconds(5));
        var call = Assert.Single(await bed.QueueAsync(), call => call.GetProperty("state").GetString() == "waiting");
        Assert.Equal(5, call.GetProperty("waited").GetDouble());
        await held.ReleaseAsync();
        var answer = await waiting;
        Assert.Equal((200, "position=1, waited=5s"), (answer.Status, answer.Headers["X-LlamaGate-Queue"]));
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Single(bed.Host.Runners.Loads);
    }

    /// <summary>Ollama says when it unloads a model in the time of its own machine: here always long ago.</summary>
    [Fact]
    public async Task HostClock_ThatIsAnHourBehind_UnloadsNothing()
    {
        var clock = new ShiftedClock();
        clock.Shift = TimeProvider.System.GetUtcNow().AddHours(1) - clock.GetUtcNow();
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Clock = clock });
        for (var chat = 0; chat < 3; chat++)
        {
            Assert.Equal(200, (await bed.ChatAsync()).Status);
            clock.Advance(TimeSpan.FromSeconds(10));
            await bed.GetAsync("/health");
        }

        Assert.Single(bed.Calls("/api/generate"));
    }

    public void Dispose() => _keys.Dispose();
}
