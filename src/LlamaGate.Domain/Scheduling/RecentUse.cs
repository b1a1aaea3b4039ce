using System.Runtime.InteropServices;

namespace LlamaGate.Domain.Scheduling;

/// <summary>The slot seconds that somebody has used lately. What was used three minutes ago counts about a third.</summary>
[StructLayout(LayoutKind.Auto)]
internal struct RecentUse
{
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(3);

    /// <summary>At least this part of the memory counts as known: the first call alone says little.</summary>
    private const double MinKnown = 0.1;

    private double _seconds;
    private TimeSpan _at;

    /// <summary>A use is spread over this many seconds: divided by them, it is the number of slots that were in use on average.</summary>
    /// <param name="since">When the first use could have been noted.</param>
    public static double Window(TimeSpan since, TimeSpan now) =>
        Memory.TotalSeconds * (1 - Math.Exp(-Math.Max((now - since) / Memory, MinKnown)));

    public readonly double Seconds(TimeSpan now) => _seconds * Math.Exp((_at - now) / Memory);

    /// <param name="seconds">Slot seconds; less than 0 = it was less than noted before.</param>
    public void Add(double seconds, TimeSpan now) => (_seconds, _at) = (Math.Max(0, Seconds(now) + seconds), now);
}
