namespace LlamaGate.Domain.Accounts;

/// <summary>What one key has used on the current UTC day, and what its running calls will probably use. Thread-safe.</summary>
public sealed class QuotaLedger
{
    private readonly Lock _gate = new();
    private DateOnly _day;
    private long _tokens;
    private double _gpuSeconds;
    private double _reservedTokens;
    private double _reservedGpuSeconds;

    /// <summary>Reserves what a call will probably use, unless a limit is reached.</summary>
    /// <returns>Null when it is reserved; else the limit that is reached.</returns>
    public QuotaKind? TryReserve(DateTimeOffset now, QuotaLimits limits, double tokens, double gpuSeconds)
    {
        lock (_gate)
        {
            Turn(DayOf(now));
            if (_tokens + _reservedTokens >= limits.Tokens)
            {
                return QuotaKind.Tokens;
            }

            if (_gpuSeconds + _reservedGpuSeconds >= limits.GpuSeconds)
            {
                return QuotaKind.GpuSeconds;
            }

            _reservedTokens += tokens;
            _reservedGpuSeconds += gpuSeconds;
            return null;
        }
    }

    /// <summary>A call has ended: what it used is in its record.</summary>
    public void Release(double tokens, double gpuSeconds)
    {
        lock (_gate)
        {
            _reservedTokens = Math.Max(0, _reservedTokens - tokens);
            _reservedGpuSeconds = Math.Max(0, _reservedGpuSeconds - gpuSeconds);
        }
    }

    public void Add(UsageRecord record) => Add(record.Day, record.TokensIn + record.TokensOut, record.GpuTime.TotalSeconds);

    /// <summary>Adds what was used on a day; a day that is over is ignored.</summary>
    public void Add(DateOnly day, long tokens, double gpuSeconds)
    {
        lock (_gate)
        {
            Turn(day);
            if (day == _day)
            {
                _tokens += tokens;
                _gpuSeconds += gpuSeconds;
            }
        }
    }

    public QuotaUse Describe(DateTimeOffset now)
    {
        lock (_gate)
        {
            Turn(DayOf(now));
            var resets = new DateTimeOffset(DayOf(now).AddDays(1), TimeOnly.MinValue, TimeSpan.Zero);
            return new QuotaUse(_tokens, _gpuSeconds, _reservedTokens, _reservedGpuSeconds, resets);
        }
    }

    private static DateOnly DayOf(DateTimeOffset time) => DateOnly.FromDateTime(time.UtcDateTime);

    /// <summary>Reservations stay: their calls end on the new day, and are charged to it.</summary>
    private void Turn(DateOnly day)
    {
        if (day > _day)
        {
            (_day, _tokens, _gpuSeconds) = (day, 0, 0);
        }
    }
}
