using LlamaGate.Application.Caching;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Application.Tests.Caching;

public class SharedTaskTests
{
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _clock = new();
    private readonly SharedTask<string> _shared;
    private TaskCompletionSource<string> _work = new();
    private int _started;

    public SharedTaskTests() => _shared = new SharedTask<string>(WorkAsync, Validity, _clock);

    [Fact]
    public async Task Get_Together_WorksOnce()
    {
        var first = _shared.GetAsync(default);
        var second = _shared.GetAsync(default);
        _work.SetResult("x");
        Assert.Equal("x", await first);
        Assert.Equal("x", await second);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Get_WhileTheResultIsValid_IsTheResult()
    {
        _work.SetResult("x");
        await _shared.GetAsync(default);
        _clock.Advance(Validity - TimeSpan.FromTicks(1));
        Assert.Equal("x", await _shared.GetAsync(default));
        Assert.Equal(1, _started);
        _clock.Advance(TimeSpan.FromTicks(1));
        await _shared.GetAsync(default);
        Assert.Equal(2, _started);
    }

    [Fact]
    public async Task Validity_CountsFromTheEndOfTheWork()
    {
        var first = _shared.GetAsync(default);
        _clock.Advance(Validity * 2);
        _work.SetResult("x");
        await first;
        await _shared.GetAsync(default);
        Assert.Equal(1, _started);
    }

    [Fact]
    public async Task Validity_OfZero_SharesRunningWorkOnly()
    {
        var shared = new SharedTask<string>(WorkAsync, TimeSpan.Zero, _clock);
        var first = shared.GetAsync(default);
        var second = shared.GetAsync(default);
        _work.SetResult("x");
        await Task.WhenAll(first, second);
        Assert.Equal(1, _started);
        await shared.GetAsync(default);
        Assert.Equal(2, _started);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Work_ThatFails_FailsForAllAndIsNotKept(bool throwsAtOnce)
    {
        var shared = throwsAtOnce
            ? new SharedTask<string>(() => _started++ == 0 ? throw new IOException() : Task.FromResult("x"), Validity, _clock)
            : _shared;
        var first = shared.GetAsync(default);
        _work.SetException(new IOException());
        await Assert.ThrowsAsync<IOException>(() => first);
        _work = new TaskCompletionSource<string>();
        _work.SetResult("x");
        Assert.Equal("x", await shared.GetAsync(default));
        Assert.Equal(2, _started);
    }

    [Fact]
    public async Task Caller_Leaving_LeavesTheWorkToTheOthers()
    {
        using var leaving = new CancellationTokenSource();
        var first = _shared.GetAsync(leaving.Token);
        var second = _shared.GetAsync(default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _work.SetResult("x");
        Assert.Equal("x", await second);
        Assert.Equal(1, _started);
    }

    private Task<string> WorkAsync()
    {
        _started++;
        return _work.Task;
    }
}
