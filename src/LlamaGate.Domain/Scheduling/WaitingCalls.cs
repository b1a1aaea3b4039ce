namespace LlamaGate.Domain.Scheduling;

/// <summary>The calls that wait, wherever they are counted.</summary>
internal sealed class WaitingCalls(FairOrder order)
{
    /// <summary>By the time when they must be refused.</summary>
    private readonly LinkedList<CallTicket> _byDeadline = [];

    public int Count => _byDeadline.Count;

    /// <summary>Of their bodies.</summary>
    public long Bytes { get; private set; }

    /// <summary>Models with calls that wait.</summary>
    public List<ModelState> Wanted { get; } = [];

    /// <summary>The call that must be refused first; null when none waits.</summary>
    public CallTicket? FirstDue => _byDeadline.First?.Value;

    public IEnumerable<CallTicket> All => _byDeadline;

    /// <summary>A call begins to wait.</summary>
    public void Enter(CallTicket call, TimeSpan deadline)
    {
        var model = call.Line.Model;
        call.EnteredAt = order.Now;
        call.Deadline = deadline;
        call.State = CallState.Waiting;
        Insert(call);
        Bytes += call.Spec.BodyBytes;
        if (model.Waiting++ == 0)
        {
            Wanted.Add(model);
        }

        model.WaitingSeconds += call.Cost;
        if (call.IsRestricted)
        {
            model.Restricted.Add(call);
        }

        order.Change(call.Owner, owner =>
        {
            owner.Waiting++;
            call.Line.Add(call);
        });
    }

    /// <summary>A call does not wait any more.</summary>
    public void Leave(CallTicket call)
    {
        var model = call.Line.Model;
        _byDeadline.Remove(call.DeadlineNode);
        Bytes -= call.Spec.BodyBytes;
        model.Waiting--;
        model.WaitingSeconds = model.Waiting == 0 ? 0 : model.WaitingSeconds - call.Cost;
        model.Restricted.Remove(call);
        if (model.Waiting == 0)
        {
            Wanted.Remove(model);
        }

        order.Change(call.Owner, owner =>
        {
            owner.Waiting--;
            if (call.State is CallState.Held)
            {
                call.Group!.Held.Remove(call); // Only calls of a group are held.
            }
            else
            {
                call.Line.Remove(call);
            }
        });
    }

    /// <summary>A call waits until its group's leader has computed what they share.</summary>
    public void Hold(CallTicket call) => order.Change(call.Owner, _ =>
    {
        call.Line.Remove(call);
        call.State = CallState.Held;
        call.Group!.Held.Add(call); // Only calls of a group are held.
    });

    /// <summary>The calls of a group wait for nothing but a slot.</summary>
    public void Release(PrefixGroup group)
    {
        foreach (var call in group.Held)
        {
            order.Change(call.Owner, _ =>
            {
                call.State = CallState.Waiting;
                call.Line.Add(call);
            });
        }

        group.Held.Clear();
    }

    /// <summary>Almost always it is the last one; only calls that come back have an earlier deadline.</summary>
    private void Insert(CallTicket call)
    {
        var before = _byDeadline.Last;
        while (before is not null && before.Value.Deadline > call.Deadline)
        {
            before = before.Previous;
        }

        if (before is null)
        {
            _byDeadline.AddFirst(call.DeadlineNode);
        }
        else
        {
            _byDeadline.AddAfter(before, call.DeadlineNode);
        }
    }
}
