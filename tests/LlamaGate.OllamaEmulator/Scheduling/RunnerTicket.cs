namespace LlamaGate.OllamaEmulator.Scheduling;

/// <summary>A request's way to follow its call. Disposing ends the call, whether it was answered or its client left.</summary>
internal sealed class RunnerTicket : IDisposable
{
    private readonly RunnerHost _host;
    private readonly RunnerCall _call;
    private readonly Pulse _changed = new();
    private Func<bool>? _awaited;
    private bool _isEnded;

    public RunnerTicket(RunnerHost host, RunnerCall call)
    {
        _host = host;
        _call = call;
        _call.Changed = _changed.Beat;
    }

    /// <summary>The request waits for the scheduler, and nothing that the scheduler did so far concerns it.</summary>
    public bool IsSettled => Volatile.Read(ref _awaited) is { } condition && !condition();

    /// <summary>The first token is there, or there will be none.</summary>
    public async Task<CallFailure> FirstTokenAsync(CancellationToken cancellationToken)
    {
        await WhenAsync(() => _call.Produced > 0 || _call.Stage is CallStage.Made, cancellationToken);
        return _call.Failure;
    }

    /// <summary>All is made, or nothing will be.</summary>
    public async Task<CallFailure> MadeAsync(CancellationToken cancellationToken)
    {
        await WhenAsync(() => _call.Stage is CallStage.Made, cancellationToken);
        return _call.Failure;
    }

    /// <summary>That many tokens are there, or all.</summary>
    /// <exception cref="RunnerDiedException">They will never be.</exception>
    public async Task TokensAsync(int count, CancellationToken cancellationToken)
    {
        await WhenAsync(() => _call.Produced >= count || _call.Stage is CallStage.Made, cancellationToken);
        if (_call.Failure is not CallFailure.None && _call.Produced < count)
        {
            throw new RunnerDiedException();
        }
    }

    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _isEnded, true))
        {
            _host.End(this, _call);
        }
    }

    private async Task WhenAsync(Func<bool> condition, CancellationToken cancellationToken)
    {
        while (true)
        {
            var next = _changed.Next;
            if (condition())
            {
                Volatile.Write(ref _awaited, null);
                return;
            }

            Volatile.Write(ref _awaited, condition);
            _host.Changed.Beat();
            await next.WaitAsync(cancellationToken);
        }
    }
}
