using LlamaGate.Simulation.Clients;

namespace LlamaGate.Simulation.Report;

/// <summary>The service that principals have got: slot seconds, by the time for which their calls had slots.</summary>
internal static class Delivered
{
    /// <summary>Slot seconds by principal until a time.</summary>
    public static Dictionary<string, double> Until(IEnumerable<ClientCall> calls, TimeSpan until) => calls
        .Where(call => call.SentAt < until)
        .GroupBy(call => call.Principal.Id, StringComparer.Ordinal)
        .ToDictionary(group => group.Key, group => group.Sum(call => Seconds(call, until)), StringComparer.Ordinal);

    /// <summary>Cumulative service of one principal at each multiple of a step.</summary>
    public static IReadOnlyList<(double Time, double Service)> Curve(
        IEnumerable<ClientCall> calls, TimeSpan from, TimeSpan until, int steps)
    {
        var own = calls.Where(call => call.SentAt is not null).ToList();
        var before = own.Sum(call => Seconds(call, from));
        return [.. Enumerable.Range(0, steps + 1).Select(step => from + ((until - from) * ((double)step / steps)))
            .Select(time => (time.TotalSeconds, own.Sum(call => Seconds(call, time)) - before))];
    }

    /// <summary>The largest difference of two principals' service by weight at any time, in slot seconds.</summary>
    /// <param name="until">Until then all of them always have a call that waits.</param>
    public static double Apart(IReadOnlyList<ClientCall> calls, TimeSpan until)
    {
        var sent = calls.Where(call => call.SentAt < until).ToList();
        var weights = sent.Select(call => call.Principal).DistinctBy(principal => principal.Id, StringComparer.Ordinal)
            .ToDictionary(principal => principal.Id, principal => principal.Weight, StringComparer.Ordinal);
        var begins = sent.Select(call => (At: call.SentAt!.Value, Call: call, Running: 1)); // As filtered.
        var ends = sent.Select(call => (At: call.EndedAt ?? until, Call: call, Running: -1));
        var services = weights.Keys.ToDictionary(id => id, _ => (Service: 0.0, Running: 0), StringComparer.Ordinal);
        var (now, apart) = (TimeSpan.Zero, 0.0);
        foreach (var (at, call, running) in begins.Concat(ends).OrderBy(change => change.At))
        {
            var passed = ((at < until ? at : until) - now).TotalSeconds;
            if (passed > 0)
            {
                foreach (var (id, (service, busy)) in services)
                {
                    services[id] = (service + (busy * passed / weights[id]), busy);
                }

                apart = Math.Max(apart, services.Values.Max(one => one.Service) - services.Values.Min(one => one.Service));
                now = at;
            }

            var own = services[call.Principal.Id];
            services[call.Principal.Id] = own with { Running = own.Running + running };
        }

        return apart;
    }

    private static double Seconds(ClientCall call, TimeSpan until)
    {
        var end = call.EndedAt is { } ended && ended < until ? ended : until;
        return call.SentAt is { } sent && end > sent ? (end - sent).TotalSeconds : 0;
    }
}
