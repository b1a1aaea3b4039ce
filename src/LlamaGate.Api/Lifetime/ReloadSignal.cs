using System.Runtime.InteropServices;
using LlamaGate.Api.Configuration.Files;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// SIGHUP reloads the settings and the files that they name, as is usual for services. A gateway at a terminal differs: the system also sends SIGHUP when the
/// terminal is closed, and then the gateway stops like other programs.
/// </summary>
internal sealed class ReloadSignal(SettingsReload reload, IEnumerable<IWatchedFile> files, IHostApplicationLifetime lifetime)
    : IHostedService, IDisposable
{
    // nohup redirects stdout: a program started with it outlives its terminal.
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
            foreach (var file in files)
            {
                file.Look();
            }
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
