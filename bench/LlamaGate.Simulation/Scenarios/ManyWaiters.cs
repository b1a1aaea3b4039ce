using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Simulation.Report;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Scenarios;

/// <summary>A call arrives whenever one has ended. Next to nothing but the scheduler works here, so its time can be measured.</summary>
internal sealed class ManyWaiters
{
    private const string Host = "gpu1";
    private const string Model = "a";
    private const int Slots = 64;
    private const double Rate = 40;

    private readonly Scheduler _scheduler = new(new SchedulerOptions
    {
        Slots = Slots,
        QueueMax = int.MaxValue,
        QueueTimeout = TimeSpan.FromHours(24),
    });

    private readonly PriorityQueue<CallTicket, (TimeSpan At, long Id)> _running = new();
    private readonly Draws _draws = new(1);
    private readonly TimeSpan _mean;
    private readonly double[] _services;
    private readonly Principal[] _principals;
    private TimeSpan _now;
    private double _largest;
    private double _apart;

    /// <param name="mean">Service time of the calls.</param>
    public ManyWaiters(int principals, int calls, TimeSpan mean)
    {
        _mean = mean;
        _services = new double[principals];
        _principals = [.. Enumerable.Range(0, principals).Select(i => new Principal($"{i}", "key") { MaxWaiting = int.MaxValue })];
        _scheduler.SetHosts(_now, [new HostReport(Host) { Runners = [new ReportedRunner("a")] }], replaced: []);
        for (var i = 0; i < calls; i++)
        {
            Arrive(i % principals);
        }
    }

    /// <summary>One in twenty principals has got more.</summary>
    public List<(double Time, double Value)> Most { get; } = [(0, 0)];

    public List<(double Time, double Value)> Median { get; } = [(0, 0)];

    /// <summary>One in twenty has got less.</summary>
    public List<(double Time, double Value)> Least { get; } = [(0, 0)];

    /// <summary>The largest difference of two principals' service that was seen, in largest calls.</summary>
    public double Apart => _apart / _largest;

    /// <summary>Ends so many calls; for each, another one of the same principal arrives.</summary>
    public void Run(int calls)
    {
        for (var i = 0; i < calls && _running.TryDequeue(out var call, out var due); i++)
        {
            _now = due.At;
            var job = (Job)call.Spec.Tag!; // Arrive sets it.
            _scheduler.NoteFirstToken(_now, call);
            _scheduler.End(_now, call, new CallEnd { CompletionTokens = (int)(job.Seconds * Rate) + 1, EvalSeconds = job.Seconds });
            Send();
            _services[job.Principal] += job.Seconds;
            Arrive(job.Principal);
        }

        Note();
    }

    private void Arrive(int principal)
    {
        var job = new Job(principal, _draws.LogNormal(_mean, 1).TotalSeconds);
        _largest = Math.Max(_largest, job.Seconds);
        _scheduler.Arrive(_now, new CallSpec(_principals[principal], Model) { TextBytes = 1000, Tag = job });
        Send();
    }

    private void Send()
    {
        foreach (var decision in _scheduler.TakeDecisions())
        {
            if (decision is Grant { Call: { Spec.Tag: Job job } call })
            {
                _running.Enqueue(call, (_now + TimeSpan.FromSeconds(job.Seconds), call.Id));
            }
        }
    }

    private void Note()
    {
        var sorted = _services.Order().ToArray();
        Most.Add((_now.TotalSeconds, sorted.Quantile(0.95)));
        Median.Add((_now.TotalSeconds, sorted.Quantile(0.5)));
        Least.Add((_now.TotalSeconds, sorted.Quantile(0.05)));
        _apart = Math.Max(_apart, sorted[^1] - sorted[0]);
    }

    /// <param name="Seconds">What the call really takes.</param>
    private sealed record Job(int Principal, double Seconds);
}
