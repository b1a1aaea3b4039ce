using LlamaGate.Application.Caching;

namespace LlamaGate.Application.Tests.Caching;

public class SharedTasksTests
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly SharedTasks<string> _runs = new();
    private readonly TaskCompletionSource<string> _work = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    [Fact]
    public async Task Run_OfEqualKeysTogether_WorksOnce()
    {
        var first = RunAsync();
        var second = RunAsync();
        _work.SetResult("x");
        Assert.Equal(("x", false), await first);
        Assert.Equal(("x", true), await second);
        Assert.Equal(1, _begun);
    }

    [Fact]
    public async Task Run_OfOtherKeys_WorksForEach()
    {
        var first = RunAsync("a");
        var second = RunAsync("b");
        _work.SetResult("x");
        Assert.False((await first).Joined);
        Assert.False((await second).Joined);
        Assert.Equal(2, _begun);
    }

    [Fact]
    public async Task Run_AfterTheWorkHasEnded_BeginsAnew()
    {
        _work.SetResult("x");
        await RunAsync();
        Assert.False((await RunAsync()).Joined);
        Assert.Equal(2, _begun);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OneCaller_Leaving_LeavesTheWorkToTheOthers(bool firstLeaves)
    {
        using var leaving = new CancellationTokenSource();
        var first = RunAsync(cancellationToken: firstLeaves ? leaving.Token : default);
        var second = RunAsync(cancellationToken: firstLeaves ? default : leaving.Token);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => firstLeaves ? first : second);
        Assert.False(_cancelled.Task.IsCompleted);
        var third = RunAsync();
        _work.SetResult("x");
        Assert.Equal("x", (await (firstLeaves ? second : first)).Result);
        Assert.True((await third).Joined);
        Assert.Equal(1, _begun);
    }

    [Fact]
    public async Task AllCallers_Leaving_CancelTheWorkAndTheNextBeginsAnew()
    {
        using var leaving = new CancellationTokenSource();
        Task[] calls = [RunAsync(cancellationToken: leaving.Token), RunAsync(cancellationToken: leaving.Token)];
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
        await _cancelled.Task.WaitAsync(LongestWait);
        var next = RunAsync();
        _work.TrySetResult("x");
        Assert.Equal(("x", false), await next.WaitAsync(LongestWait));
    }

    [Fact]
    public async Task Work_ThatFails_FailsForAllAndIsNotKept()
    {
        var first = RunAsync();
        var second = RunAsync();
        _work.SetException(new InvalidOperationException("once"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => first);
        await Assert.ThrowsAsync<InvalidOperationException>(() => second);
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync());
        Assert.Equal(2, _begun);
    }

    private Task<(string Result, bool Joined)> RunAsync(string key = "k", CancellationToken cancellationToken = default) =>
        _runs.RunAsync(key, WorkAsync, cancellationToken);

    private async Task<string> WorkAsync(CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _begun);
        try
        {
            return await _work.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _cancelled.TrySetResult();
            throw;
        }
    }
}
