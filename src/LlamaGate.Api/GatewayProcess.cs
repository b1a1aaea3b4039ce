using System.Net.Sockets;
using LlamaGate.Api.CommandLine;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Telemetry;
using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Connections;

namespace LlamaGate.Api;

/// <summary>
/// Runs the gateway: start, serve until a signal, drain. The result is the process's exit code.
/// </summary>
internal static class GatewayProcess
{
    /// <param name="file">The file of <c>--config</c>, if it was given.</param>
    /// <param name="error">For errors that prevent the start.</param>
    public static async Task<int> RunAsync(string? file, TextWriter error)
    {
        var loaded = SettingsReader.LoadToServe(file);
        var sockets = InheritedSockets.Find(Environment.GetEnvironmentVariables(), Environment.ProcessId);
        loaded = sockets is null ? loaded : loaded with { Settings = sockets.ApplyTo(loaded.Settings) };
        var settings = loaded.Settings;
        // Here, not for every command: a health check does not need one thread per processor.
        SocketCompletions.GoOnWhereHeard();
        await using var app = GatewayHost.Build(
            // The file of the start: another one, or none, would drop what it sets, the key included.
            settings, builder => builder.Services.AddProcess(loaded, () => Reload(loaded.File ?? file, sockets), sockets));
        try
        {
            await app.StartAsync(CancellationToken.None);
        }
        catch (Exception exception) when (exception is IOException or SocketException)
        {
            var where = $"{settings.ListenAddress} port {settings.Port}";
            await error.WriteLineAsync($"Cannot listen on {where}: {ReasonOf(exception)} (LISTEN_ADDRESS, PORT)");
            return GatewayCommand.Failure;
        }
        catch (OperationCanceledException)
        {
            // A signal arrived before the start was complete.
            return 0;
        }

        try
        {
            await app.WaitForShutdownAsync(CancellationToken.None);
        }
        catch (OperationCanceledException)
        {
            // The host gave up on requests that ignored the deadline and cut them off, as documented.
        }

        await TelemetryEnd.SendRestAsync(app.Services);
        // So that a supervisor starts it again.
        var isExpelled = app.Services.GetRequiredService<ICluster>().State is { Membership: ClusterMembership.Expelled };
        return isExpelled ? GatewayCommand.Failure : 0;
    }

    /// <summary>A reload keeps the sockets' address and port, whatever the settings say.</summary>
    private static LoadedConfiguration Reload(string? file, InheritedSockets? sockets)
    {
        var loaded = SettingsReader.LoadToReload(file);
        return sockets is null ? loaded : loaded with { Settings = sockets.ApplyTo(loaded.Settings) };
    }

    private static string ReasonOf(Exception exception) => exception switch
    {
        { InnerException: AddressInUseException } => "the port is already in use",
        SocketException { SocketErrorCode: SocketError.AccessDenied } => "the system does not permit it",
        SocketException { SocketErrorCode: SocketError.AddressNotAvailable } => "this machine does not have this address",
        SocketException { SocketErrorCode: SocketError.AddressFamilyNotSupported } => "this machine does not support IPv6",
        _ => "the system refused it",
    };
}
