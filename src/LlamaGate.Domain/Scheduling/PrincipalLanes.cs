namespace LlamaGate.Domain.Scheduling;

/// <summary>When a principal that may run only some calls at once may have another one run: each of them is a lane, in an estimate of the queue.</summary>
internal sealed class PrincipalLanes
{
    private const int Classes = 3;

    /// <summary>When each lane is free.</summary>
    private readonly PriorityQueue<TimeSpan, TimeSpan> _free = new();

    /// <summary>When a lane is free for a newcomer of each class: behind the calls of its class, before those of lower ones.</summary>
    private readonly TimeSpan[] _freeFor = new TimeSpan[Classes];

    /// <param name="count">At least one.</param>
    /// <param name="ends">When the calls that run will end.</param>
    public PrincipalLanes(int count, IEnumerable<TimeSpan> ends, TimeSpan now)
    {
        for (var i = 0; i < count; i++)
        {
            _free.Enqueue(now, now);
        }

        foreach (var end in ends)
        {
            // If more run than may, the last ones count.
            _free.EnqueueDequeue(end, end);
        }

        Array.Fill(_freeFor, FreeAt);
    }

    /// <summary>The places, in the queue of a model, of its calls that wait for a lane.</summary>
    public Queue<int> Held { get; } = new();

    public TimeSpan FreeAt => _free.Peek();

    /// <param name="reached">The class of a newcomer.</param>
    public TimeSpan FreeFor(int reached) => _freeFor[reached];

    /// <summary>A call takes the lane that is free first.</summary>
    /// <param name="reached">The class of the call.</param>
    public void Take(int reached, TimeSpan ends)
    {
        _free.DequeueEnqueue(ends, ends);
        Array.Fill(_freeFor, FreeAt, 0, reached + 1);
    }
}
