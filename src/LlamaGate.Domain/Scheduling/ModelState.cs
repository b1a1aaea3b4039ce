namespace LlamaGate.Domain.Scheduling;

/// <summary>What the scheduler knows about a model: who waits for it, where it is loaded, what was learned.</summary>
internal sealed class ModelState(string key)
{
    private static readonly Comparer<WaitingLine> ByKey =
        Comparer<WaitingLine>.Create(static (one, other) => LineKey.Order.Compare(one.Key, other.Key));

    /// <summary>Principals that have used fewer slot seconds lately do not count.</summary>
    private const double MinRecentSeconds = 0.5;

    /// <summary>While no more are remembered, those whose use was long ago are not looked for.</summary>
    private const int FewRecent = 64;

    private readonly SortedSet<WaitingLine> _lines = new(ByKey);
    private int _mostRecent = FewRecent;

    /// <summary>See <see cref="CallSpec.Model"/>.</summary>
    public string Key => key;

    public ModelFigures Figures { get; } = new();

    /// <summary>As in the last call.</summary>
    public ModelRule Rule { get; set; } = ModelRule.None;

    /// <summary>As in the last call: a model that completes and embeds is loaded as it is used.</summary>
    public bool IsEmbedding { get; set; }

    /// <summary>Where it is loaded, or being loaded.</summary>
    public List<Runner> Runners { get; } = [];

    /// <summary>Calls that wait, held ones and those of principals that run as many as they may included.</summary>
    public int Waiting { get; set; }

    /// <summary>Estimated slot seconds of the calls that wait.</summary>
    public double WaitingSeconds { get; set; }

    /// <summary>The lines of principals that may have another call run, in the order in which they get slots.</summary>
    public SortedSet<WaitingLine> Lines => _lines;

    /// <summary>The lines whose calls have used slots lately, whether they wait or not.</summary>
    public HashSet<WaitingLine> Recent { get; } = [];

    /// <summary>Calls that wait and for which some open runners may be of no use.</summary>
    public List<CallTicket> Restricted { get; } = [];

    public Dictionary<long, PrefixGroup> Groups { get; } = [];

    /// <summary>The key of the next call; null when no call may be granted.</summary>
    public LineKey? Best => _lines.Min?.Key;

    /// <summary>Calls that wait or run, those included whose host is not there any more: they may wait again.</summary>
    public int Calls { get; set; }

    /// <summary>Whether nobody uses it, so that it may be forgotten.</summary>
    public bool IsUnused => Calls == 0 && Runners.Count == 0;

    /// <summary>When it was first used.</summary>
    public TimeSpan UsedSince { get; private set; } = TimeSpan.MaxValue;

    public void NoteUse(WaitingLine line, TimeSpan now)
    {
        UsedSince = now < UsedSince ? now : UsedSince;
        if (Recent.Add(line) && Recent.Count > _mostRecent)
        {
            // While nobody waits, no estimate is made that would forget them.
            DropOld(now);
            _mostRecent = Math.Max(FewRecent, 2 * Recent.Count);
        }
    }

    /// <summary>Before an estimate of the queue: forgets whose use was long ago, and what was planned last.</summary>
    public void ForgetUse(TimeSpan now)
    {
        DropOld(now);
        foreach (var line in Recent)
        {
            line.PlannedSeconds = 0;
        }
    }

    private void DropOld(TimeSpan now) => Recent.RemoveWhere(line => line.RecentSeconds(now) < MinRecentSeconds);
}
