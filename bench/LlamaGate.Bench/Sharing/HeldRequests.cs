using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Bench.Sharing;

/// <summary>Connections that have sent their requests but for the last byte.</summary>
internal sealed class HeldRequests : IDisposable
{
    private readonly List<(Socket Socket, ReadOnlyMemory<byte> Request)> _held = [];

    private HeldRequests()
    {
    }

    public static async Task<HeldRequests> OpenAsync(
        IPEndPoint address, IReadOnlyList<ReadOnlyMemory<byte>> requests, CancellationToken cancellationToken)
    {
        var held = new HeldRequests();
        try
        {
            foreach (var request in requests)
            {
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                held._held.Add((socket, request));
                await socket.ConnectAsync(address, cancellationToken);
                await socket.SendAsync(request[..^1], cancellationToken);
            }

            return held;
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public void SendLastBytes()
    {
        foreach (var (socket, request) in _held)
        {
            socket.Send(request.Span[^1..]);
        }
    }

    /// <summary>Connections on which something came, or which the server has closed.</summary>
    public int Answered() => _held.Count(held => held.Socket.Poll(0, SelectMode.SelectRead));

    public void Dispose()
    {
        foreach (var (socket, _) in _held)
        {
            socket.Dispose();
        }
    }
}
