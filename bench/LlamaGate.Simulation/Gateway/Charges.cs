using LlamaGate.Domain.Callers;

namespace LlamaGate.Simulation.Gateway;

/// <summary>Keeps each principal's counter from outside: the estimate at the grant, the rest at the end, both by weight.</summary>
internal sealed class Charges
{
    private readonly List<Charge> _all = [];

    public void Add(TimeSpan now, Principal principal, double seconds) =>
        _all.Add(new Charge(now, principal.Id, seconds / principal.Weight));

    /// <summary>The largest difference between two counters in a period, in slot seconds.</summary>
    /// <param name="principals">They wait for the whole time until then.</param>
    public double Apart(IReadOnlyList<string> principals, TimeSpan until)
    {
        var counters = principals.ToDictionary(principal => principal, _ => 0.0, StringComparer.Ordinal);
        var apart = 0.0;
        foreach (var charge in _all.TakeWhile(charge => charge.At <= until).Where(charge => counters.ContainsKey(charge.Principal)))
        {
            counters[charge.Principal] += charge.Seconds;
            apart = Math.Max(apart, counters.Values.Max() - counters.Values.Min());
        }

        return apart;
    }

    private sealed record Charge(TimeSpan At, string Principal, double Seconds);
}
