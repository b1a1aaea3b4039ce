using System.Threading.Channels;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.OllamaEmulator.Tests;

/// <summary>Delays follow the clock they are given, and gates need none.</summary>
public sealed class TimingTests
{
    [Fact]
    public async Task Delays_OnAFakeClock_PassOnlyWithIt()
    {
        var time = new WaitedTimeProvider();
        await using var emulator = await EmulatedOllama.StartAsync(new EmulatorOptions { TimeProvider = time });
        using var connection = await emulator.OpenChatAsync("emu:tokens-2_first-500ms_gap-10ms");

        await time.NextDelayAsync(TimeSpan.FromMilliseconds(500));
        Assert.True(connection.IsSilent());
        time.Advance(TimeSpan.FromMilliseconds(500));
        await connection.ReadHeadAsync();
        Assert.Contains("\"content\":\"one\"", await connection.ReadChunkTextAsync(), StringComparison.Ordinal);

        await time.NextDelayAsync(TimeSpan.FromMilliseconds(10));
        Assert.True(connection.IsSilent());
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Contains("\"content\":\" two\"", await connection.ReadChunkTextAsync(), StringComparison.Ordinal);

        await time.NextDelayAsync(TimeSpan.FromMilliseconds(10));
        time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.Contains(
            "\"prompt_eval_duration\":500000000,", await connection.ReadChunkTextAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_WithGaps_TakesTheTimeOfAllTokens()
    {
        var time = new WaitedTimeProvider();
        await using var emulator = await EmulatedOllama.StartAsync(new EmulatorOptions { TimeProvider = time });
        using var connection = await emulator.OpenChatAsync("emu:tokens-5_gap-10ms", stream: false);

        await time.NextDelayAsync(TimeSpan.FromMilliseconds(40));
        time.Advance(TimeSpan.FromMilliseconds(40));

        Assert.Equal(200, (await connection.ReadAsync()).Status);
    }

    [Fact]
    public async Task Gate_AfterSomeLines_HoldsTheRestUntilReleased()
    {
        var gate = new Gate();
        await using var emulator = await EmulatedOllama.StartAsync();
        emulator.Enqueue(Scenario.Counts(4).PauseAt(2, gate));
        using var connection = await emulator.OpenChatAsync("plain");
        await connection.ReadHeadAsync();
        await connection.ReadChunkTextAsync();
        await connection.ReadChunkTextAsync();

        await gate.Reached.WaitAsync(EmulatedClient.Patience);
        Assert.True(connection.IsSilent());
        gate.Release();

        Assert.Contains(" three", await connection.ReadChunkTextAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Gate_BeforeTheFirstLine_HoldsEvenTheHeaders(bool stream)
    {
        var gate = new Gate();
        await using var emulator = await EmulatedOllama.StartAsync();
        emulator.Enqueue(Scenario.Says("hello").PauseAt(0, gate));
        using var connection = await emulator.OpenChatAsync("plain", stream);

        await gate.Reached.WaitAsync(EmulatedClient.Patience);
        Assert.True(connection.IsSilent());
        gate.Release();

        Assert.Contains("hello", (await connection.ReadAsync()).Body, StringComparison.Ordinal);
    }

    /// <summary>
    /// A fake clock that tells when somebody begins to wait on it, so that it is never advanced too early.
    /// </summary>
    private sealed class WaitedTimeProvider : FakeTimeProvider
    {
        private readonly Channel<TimeSpan> _delays = Channel.CreateUnbounded<TimeSpan>();

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            _delays.Writer.TryWrite(dueTime);
            return timer;
        }

        public async Task NextDelayAsync(TimeSpan expected)
        {
            using var patience = new CancellationTokenSource(EmulatedClient.Patience);
            Assert.Equal(expected, await _delays.Reader.ReadAsync(patience.Token));
        }
    }
}
