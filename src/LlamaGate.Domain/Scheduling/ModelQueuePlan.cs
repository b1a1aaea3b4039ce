namespace LlamaGate.Domain.Scheduling;

/// <summary>The calls that wait for one model, in their probable order, laid on the slots one after the other.</summary>
/// <param name="slots">When each slot is free.</param>
internal sealed class ModelQueuePlan(ModelState model, PriorityQueue<TimeSpan, TimeSpan> slots, FairOrder order)
{
    private const int Classes = 3;

    private readonly List<Entry> _entries = [];

    /// <summary>When each entry would begin if nobody else arrived.</summary>
    private readonly List<TimeSpan> _begins = [];
    private readonly ExpectedCalls?[] _expected = new ExpectedCalls?[Classes];
    private readonly int _slots = slots.Count;

    public void Add(CallTicket call, int reached, double start) => _entries.Add(new Entry(reached, start, call.Id, call));

    public void Lay()
    {
        _entries.Sort(Entry.Order);
        for (var i = 0; i < _entries.Count; i++)
        {
            var (reached, start, _, entered) = _entries[i];
            var call = entered!; // All entries are calls.
            var begins = slots.Dequeue();
            _begins.Add(begins);
            call.Planned = (i + 1, Stretch(call.Line, reached, start, begins));
            var ends = begins + TimeSpan.FromSeconds(call.Cost);
            slots.Enqueue(ends, ends);
        }
    }

    /// <summary>Where a newcomer would stand, and when it would begin.</summary>
    public (int Position, TimeSpan Begins) Insert(WaitingLine line, int reached, double start)
    {
        var found = _entries.BinarySearch(new Entry(reached, start, long.MaxValue, Call: null), Entry.Order);
        var index = found < 0 ? ~found : found;
        return (index + 1, Stretch(line, reached, start, index < _begins.Count ? _begins[index] : slots.Peek()));
    }

    private TimeSpan Stretch(WaitingLine line, int reached, double start, TimeSpan begins)
    {
        if (begins <= order.Now)
        {
            return begins;
        }

        var expected = _expected[reached] ??= new ExpectedCalls(
            [.. model.Recent.Where(other => (int)other.Owner.Principal.Priority >= reached)], model.UsedSince, order);
        return order.Now + TimeSpan.FromSeconds(expected.Stretch(line, start, (begins - order.Now).TotalSeconds, _slots));
    }

    private readonly record struct Entry(int Class, double Start, long Id, CallTicket? Call)
    {
        public static IComparer<Entry> Order { get; } = Comparer<Entry>.Create(static (one, other) => one.CompareTo(other));

        private int CompareTo(Entry other)
        {
            var order = other.Class.CompareTo(Class);
            order = order != 0 ? order : Start.CompareTo(other.Start);
            return order != 0 ? order : Id.CompareTo(other.Id);
        }
    }
}
