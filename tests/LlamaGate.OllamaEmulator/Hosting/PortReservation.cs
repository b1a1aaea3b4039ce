using System.Net;
using System.Net.Sockets;

namespace LlamaGate.OllamaEmulator.Hosting;

/// <summary>
/// Keeps the port of a stopped emulator: connections are refused, and no other program, nor a client's own end, gets the port.
/// </summary>
internal sealed class PortReservation : IDisposable
{
    private readonly Socket _socket;

    public PortReservation(IPEndPoint endPoint)
    {
        _socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        _socket.Bind(endPoint);
    }

    public void Dispose() => _socket.Dispose();
}
