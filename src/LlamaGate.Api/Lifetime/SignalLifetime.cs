using System.Runtime.InteropServices;
using Serilog.Core;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Handles stop signals as operators expect: the first SIGTERM, SIGINT or SIGQUIT starts the drain, a second one ends
/// the process at once. The framework's own lifetime ignores the second.
/// </summary>
internal sealed partial class SignalLifetime(
    IHostApplicationLifetime lifetime, Logger log, ILogger<SignalLifetime> logger) : IHostLifetime, IDisposable
{
    private const int SignalExitBase = 128;
    private static readonly TimeSpan MaxFlush = TimeSpan.FromSeconds(1);

    private readonly List<PosixSignalRegistration> _registrations = [];
    private int _signals;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        PosixSignal[] signals = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGQUIT];
        _registrations.AddRange(signals.Select(signal => PosixSignalRegistration.Create(signal, OnSignal)));

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registrations.ForEach(registration => registration.Dispose());

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref _signals) == 1)
        {
            LogSignal(context.Signal);
            lifetime.StopApplication();
            return;
        }

        LogSecondSignal(context.Signal);
        Flush();
        Environment.Exit(SignalExitBase + NumberOf(context.Signal));
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
}
