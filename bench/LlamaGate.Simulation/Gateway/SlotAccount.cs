using LlamaGate.Simulation.Hosts;
using LlamaGate.Simulation.Time;

namespace LlamaGate.Simulation.Gateway;

/// <summary>How busy the slots of loaded models were, by the hosts' own account, while calls waited and nothing was being loaded.</summary>
internal sealed class SlotAccount(EventQueue events, IReadOnlyList<OllamaHost> hosts)
{
    private TimeSpan _last;
    private double _lastBusy;
    private double _busy;
    private double _all;
    private bool _counts;
    private int _slots;

    /// <summary>1 = all.</summary>
    public double BusyPart => _all > 0 ? _busy / _all : 1;

    /// <summary>Something is about to happen.</summary>
    public void Pass()
    {
        var busy = hosts.Sum(host => host.BusySeconds);
        if (_counts)
        {
            _busy += busy - _lastBusy;
            _all += _slots * (events.Now - _last).TotalSeconds;
        }

        (_last, _lastBusy) = (events.Now, busy);
    }

    /// <summary>Something has happened.</summary>
    public void Note(bool isWaiting)
    {
        _counts = isWaiting && !hosts.Any(host => host.IsLoading);
        _slots = hosts.Sum(host => host.Loaded.Sum(runner => runner.Slots));
    }
}
