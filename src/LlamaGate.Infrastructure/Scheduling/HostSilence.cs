using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Hosts;

namespace LlamaGate.Infrastructure.Scheduling;

/// <summary>
/// Finds hosts whose calls have all been silent for half of TIMEOUT although the host answers probes. Such a host gets no further calls until
/// one of them moves.
/// </summary>
internal sealed class HostSilence : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    private readonly SchedulerEngine _engine;
    private readonly TimeSpan _limit;
    private readonly HostLog _log;
    private readonly ITimer _timer;

    /// <summary>Guarded by the engine's lock.</summary>
    private HashSet<string> _silent = new(StringComparer.Ordinal);

    /// <param name="timeout">TIMEOUT.</param>
    public HostSilence(SchedulerEngine engine, TimeSpan timeout, HostLog log, TimeProvider timeProvider)
    {
        (_engine, _limit, _log) = (engine, timeout / 2, log);
        _timer = timeProvider.CreateTimer(static silence => ((HostSilence)silence!).Look(), this, Period, Period);
    }

    public void Dispose() => _timer.Dispose();

    private void Look() => _engine.Do((core, now) =>
    {
        var running = core.Calls.TakeWhile(call => call.State is CallState.Running).GroupBy(call => call.Host, StringComparer.Ordinal);
        var silent = running.Where(calls => calls.All(IsSilent)).Select(calls => calls.Key).OfType<string>().ToHashSet(StringComparer.Ordinal);
        foreach (var host in silent.Except(_silent, StringComparer.Ordinal))
        {
            core.SetSilent(now, host, isSilent: true);
            _log.Silent(host, _limit);
        }

        foreach (var host in _silent.Except(silent, StringComparer.Ordinal))
        {
            core.SetSilent(now, host, isSilent: false);
            _log.Moves(host);
        }

        _silent = silent;
    });

    private bool IsSilent(CallTicket call) => call.Scheduled().IsSilentFor(_limit);
}
