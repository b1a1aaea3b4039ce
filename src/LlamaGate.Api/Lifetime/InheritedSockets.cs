using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Sockets that the parent process has opened for this one, as systemd does for a service with a <c>.socket</c> unit (sd_listen_fds).
/// They stay open when the process ends: while the gateway restarts, connections wait and are not refused.
/// </summary>
/// <param name="Handles">File descriptors.</param>
/// <param name="EndPoints">Where they listen, in the same order.</param>
internal sealed record InheritedSockets(IReadOnlyList<ulong> Handles, IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <summary>The first descriptor; the others follow.</summary>
    private const int FirstHandle = 3;

    private const int MaxSockets = 64;

    /// <summary>Null when there are none: the gateway then opens its own.</summary>
    /// <param name="environment">LISTEN_PID names the process they are for: child processes inherit variables without the sockets.</param>
    /// <param name="processId">This process.</param>
    /// <exception cref="ConfigurationException">The gateway cannot listen on one of them.</exception>
    public static InheritedSockets? Find(IDictionary environment, int processId)
    {
        if (Number(environment, "LISTEN_PID") != processId || Number(environment, "LISTEN_FDS") is not (> 0 and <= MaxSockets and var count))
        {
            return null;
        }

        var handles = Enumerable.Range(FirstHandle, count).ToList();
        return new InheritedSockets([.. handles.Select(handle => (ulong)handle)], [.. handles.Select(EndPointOf)]);
    }

    /// <summary>
    /// The settings with the real address and port, so that everything that depends on them is right: who may call, warnings, the log.
    /// Of several addresses, one that is not loopback counts.
    /// </summary>
    public GatewaySettings ApplyTo(GatewaySettings settings)
    {
        var widest = EndPoints.FirstOrDefault(endPoint => !IPAddress.IsLoopback(endPoint.Address), EndPoints[0]);
        return settings with { ListenAddress = widest.Address, Port = widest.Port };
    }

    private static int? Number(IDictionary environment, string name) =>
        int.TryParse(environment[name] as string, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static IPEndPoint EndPointOf(int handle)
    {
        try
        {
            // It stays open: the server uses the descriptor.
            using var socket = new Socket(new SafeSocketHandle(handle, ownsHandle: false));
            if (socket is { SocketType: SocketType.Stream, LocalEndPoint: IPEndPoint endPoint })
            {
                return endPoint;
            }
        }
        catch (SocketException)
        {
            // It is not a socket at all.
        }

        throw new ConfigurationException(
            [$"LISTEN_FDS: descriptor {handle} is not a TCP socket; the socket unit needs ListenStream= with an address and a port"]);
    }
}
