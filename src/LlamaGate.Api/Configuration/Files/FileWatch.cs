namespace LlamaGate.Api.Configuration.Files;

/// <summary>
/// Reads a configuration file again when it changes. It polls, because change notifications get lost in mounted directories and with
/// symbolic links that are swapped. A valid file is passed on at the first look that sees it. One with a fault is passed on
/// only if a second look sees the same: somebody may still be writing it.
/// </summary>
/// <param name="first">The reading that is in force.</param>
/// <param name="read">Reads the files; it does not throw.</param>
/// <param name="take">Gets each reading that differs from the last one that it got, one at a time.</param>
/// <param name="timeProvider">Measures the period.</param>
internal sealed class FileWatch<TReading>(
    TReading first, Func<TReading> read, Action<TReading> take, TimeProvider timeProvider) : IDisposable
    where TReading : class, IFileReading
{
    /// <summary>Two looks are within the two seconds that the documents promise.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromMilliseconds(900);

    /// <summary>Without a visible change the content is compared this often: a certificate can expire, a copied file can keep its time.</summary>
    private static readonly TimeSpan FullPeriod = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TReading _last = first;
    private string _taken = first.Stamp;
    private FileSignature _signature = FileSignature.None;
    private long _readAt = timeProvider.GetTimestamp();
    private ITimer? _timer;

    public void Start() =>
        _timer = timeProvider.CreateTimer(static watch => ((FileWatch<TReading>)watch!).LookIfFree(), this, Period, Period);

    /// <summary>Reads now. A fault is passed on at once, because an operator who requests a reload has finished writing.</summary>
    public void Look()
    {
        lock (_gate)
        {
            Read(isAsked: true);
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void LookIfFree()
    {
        // A disk that hangs must not block more and more threads.
        if (!_gate.TryEnter())
        {
            return;
        }

        try
        {
            if (MayHaveChanged())
            {
                Read(isAsked: false);
            }
        }
        finally
        {
            _gate.Exit();
        }
    }

    private bool MayHaveChanged()
    {
        var signature = FileSignature.Of(_last.Paths);
        var isSame = signature == _signature;
        _signature = signature;
        return !isSame || _last.Stamp != _taken || !signature.IsSettled(timeProvider.GetUtcNow())
            || timeProvider.GetElapsedTime(_readAt) >= FullPeriod;
    }

    private void Read(bool isAsked)
    {
        var before = _last.Stamp;
        _last = read();
        _readAt = timeProvider.GetTimestamp();
        if (_last.Stamp != _taken && (isAsked || _last.IsUsable || _last.Stamp == before))
        {
            _taken = _last.Stamp;
            take(_last);
        }
    }
}
