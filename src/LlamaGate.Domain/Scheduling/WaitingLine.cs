using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>The calls of one principal that wait for one model, and what is remembered about both.</summary>
internal sealed class WaitingLine(PrincipalState owner, ModelState model)
{
    private const int Classes = 3;

    /// <summary>By the class that was asked for; in each, those that arrived first come first.</summary>
    private readonly LinkedList<CallTicket>?[] _byClass = new LinkedList<CallTicket>?[Classes];

    private Ewma _completionTokens;
    private RecentUse _use;

    public PrincipalState Owner => owner;

    public ModelState Model => model;

    /// <summary>The calls in the line, without those that are held.</summary>
    public int Count { get; private set; }

    /// <summary>Its calls that wait or run, held ones included.</summary>
    public int Calls { get; set; }

    public bool IsUnused => Calls == 0;

    /// <summary>The host where the principal last used the model; null = none.</summary>
    public string? RecentHost { get; set; }

    public TimeSpan RecentAt { get; set; }

    /// <summary>The tokens that its answers usually have; null before the first one.</summary>
    public double? CompletionTokens => _completionTokens.Value;

    /// <summary>Slot seconds of its waiting calls, as of the last estimate of the queue.</summary>
    public double PlannedSeconds { get; set; }

    /// <summary>By which the line is sorted among those of the model; as of the last <see cref="Refresh"/>.</summary>
    public LineKey Key { get; private set; }

    /// <summary>Whether the line is in the order of its model.</summary>
    public bool IsListed { get; set; }

    /// <summary>When the class of a call rises next; null = never.</summary>
    public TimeSpan? RisesAt { get; private set; }

    /// <summary>The earliest time for which a look at <see cref="RisesAt"/> is planned.</summary>
    public TimeSpan? LookAt { get; set; }

    /// <summary>Slot seconds that its calls have used lately.</summary>
    public double RecentSeconds(TimeSpan now) => _use.Seconds(now);

    /// <param name="seconds">Slot seconds; less than 0 = an earlier note was too high.</param>
    public void NoteUse(double seconds, TimeSpan now)
    {
        _use.Add(seconds, now);
        model.NoteUse(this, now);
    }

    public void Learn(int completionTokens) => _completionTokens.Add(completionTokens);

    public void Add(CallTicket call)
    {
        var list = _byClass[(int)AskedClass(call)] ??= new LinkedList<CallTicket>();
        // Almost always it is the last one; only parts of an earlier request, and calls that come back, go before others.
        var before = list.Last;
        while (before is not null && Precedes(call, before.Value))
        {
            before = before.Previous;
        }

        if (before is null)
        {
            list.AddFirst(call.LineNode);
        }
        else
        {
            list.AddAfter(before, call.LineNode);
        }

        Count++;
    }

    public void Remove(CallTicket call)
    {
        call.LineNode.List!.Remove(call.LineNode);
        Count--;
    }

    /// <summary>Computes the key anew.</summary>
    /// <param name="aging">PRIORITY_AGING.</param>
    public void Refresh(TimeSpan now, TimeSpan aging)
    {
        RisesAt = null;
        var (best, arrived) = (-1, TimeSpan.MaxValue);
        for (var asked = 0; asked < Classes; asked++)
        {
            if (_byClass[asked]?.First is { } first)
            {
                var reached = ClassOf(first.Value, now, aging);
                if (reached > best || (reached == best && first.Value.ArrivedAt < arrived))
                {
                    (best, arrived) = (reached, first.Value.ArrivedAt);
                }

                NoteRise(first.Value, reached, aging);
            }
        }

        Key = new LineKey(best, owner.Counter, owner.Running, arrived, owner.Number);
    }

    /// <summary>The calls, best first, as of now.</summary>
    public IEnumerable<CallTicket> InOrder(TimeSpan now, TimeSpan aging)
    {
        var next = new LinkedListNode<CallTicket>?[Classes];
        for (var asked = 0; asked < Classes; asked++)
        {
            next[asked] = _byClass[asked]?.First;
        }

        while (Best(next, now, aging) is >= 0 and var best)
        {
            var node = next[best]!; // Best has seen that it is there.
            next[best] = node.Next;
            yield return node.Value;
        }
    }

    /// <summary>The class that a call has reached by waiting.</summary>
    public int ClassOf(CallTicket call, TimeSpan now, TimeSpan aging)
    {
        var steps = (now - AgesFrom(call)) / aging;
        return (int)Math.Min((int)KeyPriority.High, (int)AskedClass(call) + Math.Max(0, Math.Floor(steps)));
    }

    public static KeyPriority AskedClass(CallTicket call)
    {
        var own = call.Spec.Principal.Priority;
        return call.Spec.Priority is { } asked && asked < own ? asked : own;
    }

    private static bool Precedes(CallTicket call, CallTicket other) =>
        call.ArrivedAt != other.ArrivedAt ? call.ArrivedAt < other.ArrivedAt : call.Id < other.Id;

    private TimeSpan AgesFrom(CallTicket call) => call.ArrivedAt > owner.LastGrant ? call.ArrivedAt : owner.LastGrant;

    private void NoteRise(CallTicket call, int reached, TimeSpan aging)
    {
        if (reached < (int)KeyPriority.High)
        {
            var rises = AgesFrom(call) + (aging * (reached - (int)AskedClass(call) + 1));
            RisesAt = RisesAt is { } earlier && earlier < rises ? earlier : rises;
        }
    }

    private int Best(LinkedListNode<CallTicket>?[] next, TimeSpan now, TimeSpan aging)
    {
        var (best, reached) = (-1, -1);
        for (var asked = 0; asked < Classes; asked++)
        {
            if (next[asked] is { } node)
            {
                var own = ClassOf(node.Value, now, aging);
                if (own > reached || (own == reached && Precedes(node.Value, next[best]!.Value)))
                {
                    (best, reached) = (asked, own);
                }
            }
        }

        return best;
    }
}
