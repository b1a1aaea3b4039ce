using LlamaGate.Domain.Callers;

namespace LlamaGate.Domain.Scheduling;

/// <summary>What the scheduler knows about a principal.</summary>
internal sealed class PrincipalState(Principal principal, long number)
{
    /// <summary>More models than that are rarely used by one principal; lines without a call are dropped beyond it.</summary>
    private const int MaxIdleLines = 32;

    private readonly Dictionary<ModelState, WaitingLine> _lines = [];

    /// <summary>As in the last call: the key may have been changed.</summary>
    public Principal Principal { get; set; } = principal;

    /// <summary>Decides between equal principals, so that the order never depends on chance.</summary>
    public long Number => number;

    public double Weight => Principal.Weight;

    /// <summary>The virtual time that the principal has used: slot seconds by its weight.</summary>
    public double Counter { get; set; }

    public int Running { get; set; }

    /// <summary>Calls of all models that wait, held ones included.</summary>
    public int Waiting { get; set; }

    public TimeSpan LastGrant { get; set; } = TimeSpan.MinValue;

    /// <summary>The virtual time that its waiting calls will take, as of the last estimate of the queue.</summary>
    public double PlannedCost { get; set; }

    /// <summary>Its place in the order in which idle principals are forgotten; in no list while it has calls.</summary>
    public LinkedListNode<PrincipalState>? IdleNode { get; set; }

    /// <summary>Whether the principal runs as many calls as it may.</summary>
    public bool IsFull => Running >= (Principal.MaxRunning ?? int.MaxValue);

    public IEnumerable<WaitingLine> Lines => _lines.Values;

    public WaitingLine LineFor(ModelState model)
    {
        if (_lines.TryGetValue(model, out var line))
        {
            return line;
        }

        if (_lines.Count >= MaxIdleLines && _lines.Values.FirstOrDefault(other => other.IsUnused) is { } unused)
        {
            _lines.Remove(unused.Model);
        }

        return _lines[model] = new WaitingLine(this, model);
    }
}
