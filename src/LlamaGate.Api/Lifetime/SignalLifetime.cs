using System.Runtime.InteropServices;
using LlamaGate.Api.Configuration;
using Serilog.Core;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Handles stop signals as operators expect: the first SIGTERM, SIGINT or SIGQUIT starts the drain, a second one ends
/// the process at once. The framework's own lifetime ignores the second. Before the drain, the port stays open for SHUTDOWN_DELAY.
/// </summary>
internal sealed partial class SignalLifetime(
    IHostApplicationLifetime lifetime, Drain drain, GatewaySettings settings, TimeProvider timeProvider, Logger log, ILogger<SignalLifetime> logger)
    : IHostLifetime, IDisposable
{
    private const int SignalExitBase = 128;
    private static readonly TimeSpan MaxFlush = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;
    private ITimer? _delay;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        _registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _registrations.ForEach(registration => registration.Dispose());
        _delay?.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            LogSignal(context.Signal);
            Stop();
            return;
        }

        LogSecondSignal(context.Signal);
        Flush();
        Environment.Exit(SignalExitBase + NumberOf(context.Signal));
    }

    private void Stop()
    {
        var delay = settings.ShutdownDelay;
        if (delay == TimeSpan.Zero)
        {
            lifetime.StopApplication();
            return;
        }

        drain.Announce();
        var accepted = GoDuration.Format(delay);
        LogDelay(accepted);
        _delay = timeProvider.CreateTimer(
            static state => ((IHostApplicationLifetime)state!).StopApplication(), lifetime, delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>
    /// On a thread that may be abandoned: a full disk or a stopped reader must not delay the exit.
    /// </summary>
    private void Flush()
    {
        var flush = new Thread(log.Dispose) { IsBackground = true };
        flush.Start();
        flush.Join(MaxFlush);
    }

    private static int NumberOf(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        _ => 15,
    };

    [LoggerMessage(EventId = 22, EventName = "Signal", Level = LogLevel.Information, Message = "{Signal}: stopping; a second signal ends the gateway without waiting for requests")]
    private partial void LogSignal(PosixSignal signal);

    [LoggerMessage(EventId = 23, EventName = "SecondSignal", Level = LogLevel.Warning,
        Message = "{Signal} again: ending at once")]
    private partial void LogSecondSignal(PosixSignal signal);

    [LoggerMessage(EventId = 37, EventName = "ShutdownDelay", Level = LogLevel.Information,
        Message = "Not ready from now on; requests are still accepted for {ShutdownDelay}")]
    private partial void LogDelay(string shutdownDelay);
}
