namespace LlamaGate.Domain.Scheduling;

/// <summary>The calls that wait for one model, in their probable order, laid on the slots one after the other.</summary>
/// <param name="slots">When each slot is free.</param>
/// <param name="limits">Shared by the plans of all models, each of which begins with the lanes that those before have left.</param>
internal sealed class ModelQueuePlan(ModelState model, PriorityQueue<TimeSpan, TimeSpan> slots, RunningLimits limits, FairOrder order)
{
    private const int Classes = 3;

    private readonly List<Entry> _entries = [];

    /// <summary>When each entry would get a slot if nobody else arrived, whether it has a lane then or not; at last, when one behind them all would.</summary>
    private readonly List<TimeSpan> _turns = [];

    /// <summary>Principals with calls that are held, by the time when they have a lane.</summary>
    private readonly PriorityQueue<PrincipalLanes, TimeSpan> _blocked = new();

    /// <summary>Those that have one, by the place of their next call.</summary>
    private readonly PriorityQueue<PrincipalLanes, int> _ready = new();
    private readonly ExpectedCalls?[] _expected = new ExpectedCalls?[Classes];
    private readonly int _slots = slots.Count;

    public void Add(CallTicket call, int reached, double start) => _entries.Add(new Entry(reached, start, call.Id, call));

    public void Lay()
    {
        _entries.Sort(Entry.Order);
        for (var i = 0; i < _entries.Count; i++)
        {
            PlaceFreed();
            _turns.Add(slots.Peek());
            var lanes = limits.Of(_entries[i].Call!.Owner); // All entries are calls.
            if (lanes?.FreeAt > slots.Peek())
            {
                Hold(i, lanes);
            }
            else
            {
                Place(i, lanes);
            }
        }

        PlaceFreed();
        _turns.Add(slots.Peek());
        // Nobody else wants the slots that are free until a lane is.
        while (_blocked.TryDequeue(out var next, out _))
        {
            PlaceHeld(next);
            PlaceFreed();
        }
    }

    /// <summary>Where a newcomer would stand, and when it would begin.</summary>
    public (int Position, TimeSpan Begins) Insert(WaitingLine line, int reached, double start)
    {
        var found = _entries.BinarySearch(new Entry(reached, start, long.MaxValue, Call: null), Entry.Order);
        var index = found < 0 ? ~found : found;
        var begins = Stretch(line, reached, start, index < _turns.Count ? _turns[index] : slots.Peek());
        return (index + 1, limits.Of(line.Owner) is { } lanes ? Times.Later(begins, lanes.FreeFor(reached)) : begins);
    }

    /// <summary>Its principal runs as many calls as it may: those behind it go first.</summary>
    private void Hold(int index, PrincipalLanes lanes)
    {
        lanes.Held.Enqueue(index);
        if (lanes.Held.Count == 1)
        {
            _blocked.Enqueue(lanes, lanes.FreeAt);
        }
    }

    /// <summary>Places the held calls that have a lane when the next slot is free.</summary>
    private void PlaceFreed()
    {
        while (true)
        {
            while (_blocked.TryPeek(out var freed, out var freeAt) && freeAt <= slots.Peek())
            {
                _ready.Enqueue(_blocked.Dequeue(), freed.Held.Peek());
            }

            if (!_ready.TryDequeue(out var next, out _))
            {
                return;
            }

            PlaceHeld(next);
        }
    }

    private void PlaceHeld(PrincipalLanes lanes)
    {
        Place(lanes.Held.Dequeue(), lanes);
        if (lanes.Held.Count > 0)
        {
            _blocked.Enqueue(lanes, lanes.FreeAt);
        }
    }

    private void Place(int index, PrincipalLanes? lanes)
    {
        var (reached, start, _, entered) = _entries[index];
        var call = entered!; // All entries are calls.
        var begins = lanes is null ? slots.Peek() : Times.Later(slots.Peek(), lanes.FreeAt);
        var ends = begins + TimeSpan.FromSeconds(call.Cost);
        slots.DequeueEnqueue(ends, ends);
        lanes?.Take(reached, ends);
        begins = Times.Later(begins, Stretch(call.Line, reached, start, _turns[index]));
        call.Planned = (index + 1, call.Group?.Leader is { } leader ? Times.Later(begins, leader.FirstTokenDue) : begins);
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
