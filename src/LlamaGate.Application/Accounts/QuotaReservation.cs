namespace LlamaGate.Application.Accounts;

/// <summary>What a call will probably use, until it is disposed.</summary>
/// <param name="release">Called once.</param>
internal sealed class QuotaReservation(Action release) : IDisposable
{
    private int _isOver;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isOver, 1) == 0)
        {
            release();
        }
    }
}
