namespace LlamaGate.Application.Caching;

/// <summary>
/// Lets equal requests that are under way at the same time share one piece of work. The work belongs to all who wait for it: it
/// goes on when one of them leaves and is cancelled when the last one does.
/// </summary>
internal sealed class SingleFlight<T>
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Flight> _flights = new(StringComparer.Ordinal);

    /// <returns>The work's result, and whether another caller had begun it.</returns>
    public async Task<(T Result, bool Joined)> RunAsync(
        string key, Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        var flight = Join(key, work, out var joined);
        try
        {
            return (await flight.Work.WaitAsync(cancellationToken), joined);
        }
        finally
        {
            Leave(key, flight);
        }
    }

    private Flight Join(string key, Func<CancellationToken, Task<T>> work, out bool joined)
    {
        lock (_gate)
        {
            joined = _flights.TryGetValue(key, out var flight);
            if (flight is null)
            {
                flight = new Flight(work);
                _flights.Add(key, flight);
            }

            flight.Waiting++;
            return flight;
        }
    }

    private void Leave(string key, Flight flight)
    {
        lock (_gate)
        {
            // Work that has ended is not shared any more: whoever asks later finds it in the cache or begins anew.
            if ((--flight.Waiting == 0 || flight.Work.IsCompleted) && _flights.GetValueOrDefault(key) == flight)
            {
                _flights.Remove(key);
            }

            if (flight.Waiting > 0)
            {
                return;
            }
        }

        flight.Abandon();
    }

    private sealed class Flight
    {
        private readonly Action _cancel;

        public Flight(Func<CancellationToken, Task<T>> work)
        {
            var abandoned = new CancellationTokenSource();
            _cancel = abandoned.Cancel;
            // Begun on the thread pool, so that the gate is never held while work runs.
            Work = Task.Run(() => work(abandoned.Token), CancellationToken.None);
        }

        public Task<T> Work { get; }

        public int Waiting { get; set; }

        public void Abandon()
        {
            if (!Work.IsCompleted)
            {
                _cancel();
                // Nobody is left to see how it ends.
                _ = Work.ContinueWith(
                    static work => _ = work.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }
    }
}
