namespace LlamaGate.Api.Lifetime;

/// <summary>A request that a shutdown waits for, until it is disposed.</summary>
internal sealed class RunningRequest(Drain drain, CancellationToken leaving) : IDisposable
{
    private readonly CancellationTokenSource _ends = CancellationTokenSource.CreateLinkedTokenSource(leaving, drain.Deadline);

    /// <summary>
    /// Fires when the client disconnects and when the shutdown deadline has passed. Not RequestAborted itself: that means a client that
    /// disconnected, but after the deadline the client must still get an answer.
    /// </summary>
    public CancellationToken Ends => _ends.Token;

    public void Dispose()
    {
        _ends.Dispose();
        drain.Leave();
    }
}
