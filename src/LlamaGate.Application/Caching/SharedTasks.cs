namespace LlamaGate.Application.Caching;

/// <summary>
/// A <see cref="SharedTask{T}"/> for each key, while it runs: concurrent equal requests share one piece
/// of work. It continues when one of its callers leaves, and is cancelled when the last one does.
/// </summary>
public sealed class SharedTasks<T>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Run> _runs = new(StringComparer.Ordinal);

    /// <returns>The work's result, and whether another caller had started it.</returns>
    public async Task<(T Result, bool Joined)> RunAsync(
        string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var run = Join(key, work, out var joined);
        try
        {
            return (await run.Task.WaitAsync(cancellationToken), joined);
        }
        finally
        {
            Leave(key, run);
        }
    }

    private Run Join(string key, Func<CancellationToken, Task<T>> work, out bool joined)
    {
        lock (_gate)
        {
            joined = _runs.TryGetValue(key, out var run);
            if (run is null)
            {
                run = new Run(work);
                _runs.Add(key, run);
            }

            run.Waiting++;
            return run;
        }
    }

    private void Leave(string key, Run run)
    {
        lock (_gate)
        {
            // Work that has ended is no longer shared: a later caller finds its result in the cache or starts new work.
            if ((--run.Waiting == 0 || run.Task.IsCompleted) && _runs.GetValueOrDefault(key) == run)
            {
                _runs.Remove(key);
            }

            if (run.Waiting > 0)
            {
                return;
            }
        }

        run.Abandon();
    }

    private sealed class Run
    {
        private readonly Action _cancel;

        public Run(Func<CancellationToken, Task<T>> work)
        {
            var abandoned = new CancellationTokenSource();
            _cancel = abandoned.Cancel;
            // Started on the thread pool, so that the gate is never held while work runs.
            Task = System.Threading.Tasks.Task.Run(() => work(abandoned.Token), CancellationToken.None);
        }

        public Task<T> Task { get; }

        public int Waiting { get; set; }

        public void Abandon()
        {
            if (!Task.IsCompleted)
            {
                _cancel();
                // There is no caller left to observe the result.
                _ = Task.ContinueWith(
                    static work => _ = work.Exception,
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnFaulted,
                    TaskScheduler.Default);
            }
        }
    }
}
