namespace LlamaGate.Simulation.Time;

/// <summary>Fake time: it moves from one event to the next. Events of the same moment happen in the order of their planning.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _events = new();
    private long _numbers;

    public TimeSpan Now { get; private set; }

    public void At(TimeSpan at, Action act) => _events.Enqueue(act, (at > Now ? at : Now, ++_numbers));

    public void In(TimeSpan time, Action act) => At(Now + time, act);

    /// <summary>Lets all happen that is due until then.</summary>
    public void RunUntil(TimeSpan end)
    {
        while (_events.TryPeek(out var act, out var due) && due.At <= end)
        {
            _events.Dequeue();
            Now = due.At;
            act();
        }

        Now = end;
    }

    /// <summary>Lets things happen until the condition holds or nothing is planned any more.</summary>
    /// <param name="limit">No later than that.</param>
    public void RunUntil(Func<bool> condition, TimeSpan limit)
    {
        while (!condition() && _events.TryDequeue(out var act, out var due) && due.At <= limit)
        {
            Now = due.At;
            act();
        }
    }
}
