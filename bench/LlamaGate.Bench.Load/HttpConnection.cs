using System.Net;
using System.Net.Sockets;

namespace LlamaGate.Bench.Load;

/// <summary>A bare connection with one answer at a time: cheap, because it shares its core with the upstream.</summary>
public sealed class HttpConnection : IDisposable
{
    private readonly Socket _socket;
    private readonly byte[] _buffer = new byte[16 * 1024];

    private HttpConnection(Socket socket, ResponseReader reader)
    {
        _socket = socket;
        Reader = reader;
    }

    public ResponseReader Reader { get; }

    public static async Task<HttpConnection> OpenAsync(
        IPEndPoint address, ResponseReader reader, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(address, cancellationToken);
            return new HttpConnection(socket, reader);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Sends from the calling thread: the loopback takes a request at once.</summary>
    public void Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }
    }

    /// <summary>Feeds the reader with what comes next; false when the server has closed.</summary>
    public async ValueTask<bool> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = await _socket.ReceiveAsync(_buffer, SocketFlags.None, cancellationToken);
        Reader.Feed(_buffer.AsSpan(0, length));
        return length > 0;
    }

    /// <summary>A whole exchange.</summary>
    /// <exception cref="IOException">The server closed before the answer's end.</exception>
    public async Task ExchangeAsync(ReadOnlyMemory<byte> request, CancellationToken cancellationToken)
    {
        Reader.Reset();
        Send(request.Span);
        while (!Reader.IsComplete)
        {
            if (!await ReceiveAsync(cancellationToken))
            {
                throw new IOException("The server closed before the answer's end.");
            }
        }
    }

    /// <summary>Leaves as a client does that has had enough: an orderly close, in the midst of the answer.</summary>
    public void Dispose() => _socket.Dispose();
}
