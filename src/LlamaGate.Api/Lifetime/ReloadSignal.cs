using System.Runtime.InteropServices;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// SIGHUP reads the settings again, as services do. A gateway at a terminal is different: the system sends SIGHUP also when the
/// terminal is closed, and then the gateway stops as programs there do.
/// </summary>
internal sealed class ReloadSignal(SettingsReload reload, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
{
    // nohup redirects stdout: what was started with it outlives its terminal.
    private readonly bool _isAtTerminal = !Console.IsOutputRedirected;
    private PosixSignalRegistration? _registration;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, OnSignal);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _registration?.Dispose();

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = true;
        if (_isAtTerminal && !HasTerminal())
        {
            lifetime.StopApplication();
        }
        else
        {
            reload.Run();
        }
    }

    private static bool HasTerminal()
    {
        try
        {
            File.OpenHandle("/dev/tty").Dispose();
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
