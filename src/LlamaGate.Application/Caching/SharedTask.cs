namespace LlamaGate.Application.Caching;

/// <summary>
/// Work that callers share: all who call while it runs, or soon afterwards, get its result. It continues when a
/// caller leaves.
/// </summary>
/// <param name="work">Starts on the first caller's thread, outside any lock.</param>
/// <param name="validity">
/// How long a result is reused. Zero: only for those who called while the work ran. A failure is never kept.
/// </param>
public sealed class SharedTask<T>(Func<Task<T>> work, TimeSpan validity, TimeProvider timeProvider)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource<T>? _run;
    private long _endedAt;

    /// <summary>Waits for the running work, a result that is still valid, or new work.</summary>
    public Task<T> GetAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> run;
        lock (_gate)
        {
            if (_run is not null && IsShared(_run.Task))
            {
                return _run.Task.WaitAsync(cancellationToken);
            }

            run = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
            _run = run;
        }

        _ = RunAsync(run);
        return run.Task.WaitAsync(cancellationToken);
    }

    private bool IsShared(Task run) => !run.IsCompleted
        || (run.IsCompletedSuccessfully && timeProvider.GetElapsedTime(Volatile.Read(ref _endedAt)) < validity);

    private async Task RunAsync(TaskCompletionSource<T> run)
    {
        try
        {
            var result = await work();
            Volatile.Write(ref _endedAt, timeProvider.GetTimestamp());
            run.SetResult(result);
        }
        catch (Exception exception)
        {
            run.SetException(exception);
            // There may be no caller left to observe the exception.
            _ = run.Task.Exception;
        }
    }
}
