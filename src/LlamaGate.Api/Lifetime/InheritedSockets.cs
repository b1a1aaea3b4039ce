using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Sockets that whoever started the process has opened for it, as systemd does for a unit with a <c>.socket</c> beside it (sd_listen_fds).
/// They outlive the process: between two of its lives, connections wait in place of being refused.
/// </summary>
/// <param name="Handles">File descriptors.</param>
/// <param name="EndPoints">Where they listen, in the same order.</param>
internal sealed record InheritedSockets(IReadOnlyList<ulong> Handles, IReadOnlyList<IPEndPoint> EndPoints)
{
    /// <summary>The first one; the others follow it.</summary>
    private const int FirstHandle = 3;

    private const int MaxSockets = 64;

    /// <summary>Null when there are none: the gateway then opens its own.</summary>
    /// <param name="environment">LISTEN_PID says whom they are for: variables are inherited further than sockets.</param>
    /// <param name="processId">This process.</param>
    /// <exception cref="ConfigurationException">One of them is not what the gateway can listen at.</exception>
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
    /// The settings with the address and port that are really listened at, so that everything that depends on them is right: who may
    /// call, what is warned of, what the log says. Of several the address that is open to most counts.
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
            // It stays open: the server takes it by its number.
            using var socket = new Socket(new SafeSocketHandle(handle, ownsHandle: false));
            if (socket is { SocketType: SocketType.Stream, LocalEndPoint: IPEndPoint endPoint })
            {
                return endPoint;
            }
        }
        catch (SocketException)
        {
            // It is no socket at all.
        }

        throw new ConfigurationException(
            [$"LISTEN_FDS: descriptor {handle} is not a TCP socket; the socket unit needs ListenStream= with an address and a port"]);
    }
}
