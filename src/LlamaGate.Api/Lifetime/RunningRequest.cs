namespace LlamaGate.Api.Lifetime;

/// <summary>A request that a shutdown waits for, until it is disposed.</summary>
internal sealed class RunningRequest(Drain drain, CancellationToken leaving) : IDisposable
{
    private readonly CancellationTokenSource _ends = CancellationTokenSource.CreateLinkedTokenSource(leaving, drain.Deadline);

    /// <summary>
    /// Fires when the client leaves and when a shutdown's deadline is over. Not RequestAborted itself: that tells a client who left,
    /// and one whose time is over must still get its answer.
    /// </summary>
    public CancellationToken Ends => _ends.Token;

    public void Dispose()
    {
        _ends.Dispose();
        drain.Leave();
    }
}
