namespace LlamaGate.Domain.Scheduling;

/// <summary>
/// The calls that will probably arrive and go before some that wait already. A principal that comes back stands at the virtual time, so
/// calls far behind it, those of a long backlog, are overtaken again and again.
/// </summary>
internal sealed class ExpectedCalls
{
    /// <summary>Principals that have to wait send calls less often than before.</summary>
    private const double Slowed = 0.9;

    /// <summary>The part of the slots that newcomers take at most: a busy minute is no forecast for many.</summary>
    private const double MostOfSlots = 0.7;

    private static readonly IComparer<double> UpTo = Comparer<double>.Create(static (tag, start) => tag < start ? -1 : 1);

    private readonly TimeSpan _now;
    private readonly FairOrder _order;
    private readonly double _window;
    private readonly double _used;

    /// <summary>Where each newcomer would stand, in rising order, and the weight of those up to there with its moment.</summary>
    private readonly double[] _tags;
    private readonly double[] _weights;
    private readonly double[] _moments;

    /// <param name="lines">Those that may go before the calls in question.</param>
    /// <param name="since">When the model was first used.</param>
    public ExpectedCalls(IReadOnlyCollection<WaitingLine> lines, TimeSpan since, FairOrder order)
    {
        (_now, _order, _window) = (order.Now, order, RecentUse.Window(since, order.Now));
        _used = lines.Sum(Unplanned);
        var sorted = lines.Select(line => (Tag: TagOf(line), line.Owner.Weight)).OrderBy(line => line.Tag).ToArray();
        _tags = Array.ConvertAll(sorted, line => line.Tag);
        (_weights, _moments) = (new double[sorted.Length + 1], new double[sorted.Length + 1]);
        for (var i = 0; i < sorted.Length; i++)
        {
            _weights[i + 1] = _weights[i] + sorted[i].Weight;
            _moments[i + 1] = _moments[i] + (sorted[i].Weight * sorted[i].Tag);
        }
    }

    /// <summary>The wait of a call if others arrive as they did lately.</summary>
    /// <param name="line">The call's own.</param>
    /// <param name="start">Its virtual start.</param>
    /// <param name="seconds">Its wait if nobody arrived.</param>
    public double Stretch(WaitingLine line, double start, double seconds, int slots)
    {
        var rate = Math.Clamp(Slowed * (_used - Unplanned(line)), 0, slots * MostOfSlots);
        var before = ~Array.BinarySearch(_tags, start, UpTo);
        var work = (_weights[before] * start) - _moments[before] - (line.Owner.Weight * Math.Max(0, start - TagOf(line)));
        // What they have used lately, but no more than lets them catch up with the call.
        return Math.Min(seconds * slots / (slots - rate), seconds + (Math.Max(0, work) / slots));
    }

    private double TagOf(WaitingLine line) => line.Owner.Waiting == 0 ? _order.CounterAtReturn(line.Owner) : line.Owner.Counter;

    /// <summary>The slots that its calls will take besides those that wait.</summary>
    private double Unplanned(WaitingLine line) => Math.Max(0, line.RecentSeconds(_now) - line.PlannedSeconds) / _window;
}
