using System.Buffers.Text;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>
/// Client and upstream of one gateway, played by one thread over blocking sockets. It takes turns with the gateway: nobody runs ahead,
/// so that each run is the same. Nothing here allocates once the connections stand.
/// </summary>
internal sealed class Wires : IDisposable
{
    /// <summary>Bound of every wait: long enough for a busy machine, and never waited for when all is well.</summary>
    public static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(100);

    /// <summary>How long a look for a new connection takes at most, before the others are looked at again.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMicroseconds(200);

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly AnswerReader _answer = new();
    private readonly List<Socket> _connections = [];
    private Socket? _upstream;

    public Wires()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

    private static ReadOnlySpan<byte> NoModels =>
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 13\r\n\r\n{\"models\":[]}"u8;

    public Uri UpstreamAddress => new($"http://{_listener.LocalEndPoint}");

    public AnswerReader Answer => _answer;

    public void Connect(int port)
    {
        Prepare(_client);
        _client.Connect(IPAddress.Loopback, port);
    }

    public void Request(ReadOnlySpan<byte> request)
    {
        _answer.Begin();
        Send(_client, request);
    }

    /// <summary>
    /// Takes the gateway's request to Ollama, head and body. The gateway's own readings of the list of models come at any time and
    /// over any connection: they are answered on the way.
    /// </summary>
    public void TakeUpstreamRequest()
    {
        while (true)
        {
            var connection = AwaitUpstream();
            var length = connection.Receive(_buffer);
            if (length == 0)
            {
                // It had been idle for so long that the gateway gave it up.
                _connections.Remove(connection);
                connection.Dispose();
                continue;
            }

            ReceiveRest(connection, length);
            if (_buffer.AsSpan().StartsWith("GET "u8))
            {
                Send(connection, NoModels);
                continue;
            }

            _upstream = connection;
            return;
        }
    }

    public void SendUpstream(ReadOnlySpan<byte> bytes) => Send(_upstream!, bytes);

    /// <summary>Reads until the gateway's answer is complete.</summary>
    public void ReadAnswer(int status)
    {
        while (!_answer.IsComplete)
        {
            ReadMore();
        }

        if (_answer.Status != status)
        {
            throw new InvalidOperationException($"The gateway answered {_answer.Status}, not {status}.");
        }
    }

    /// <summary>Reads until so many events of a stream have come.</summary>
    public void ReadEvents(long events)
    {
        while (_answer.Events < events)
        {
            if (_answer.IsComplete)
            {
                throw new InvalidOperationException($"The stream ended after {_answer.Events} events, not {events}.");
            }

            ReadMore();
        }
    }

    public void Dispose()
    {
        _connections.ForEach(connection => connection.Dispose());
        _client.Dispose();
        _listener.Dispose();
    }

    private void ReadMore()
    {
        var received = _client.Receive(_buffer);
        if (received == 0)
        {
            throw new InvalidOperationException("The gateway closed the connection before its answer was complete.");
        }

        _answer.Take(_buffer.AsSpan(0, received));
    }

    private void ReceiveRest(Socket connection, int length)
    {
        var expected = LengthOf(_buffer.AsSpan(0, length));
        while (length < expected)
        {
            // Of a long body only the number of bytes is of interest.
            var room = length < _buffer.Length / 2 ? _buffer.AsSpan(length) : _buffer.AsSpan(_buffer.Length / 2);
            var received = connection.Receive(room);
            if (received == 0)
            {
                throw new InvalidOperationException("The gateway closed the connection to Ollama in the middle of a request.");
            }

            length += received;
            if (expected == int.MaxValue)
            {
                expected = LengthOf(_buffer.AsSpan(0, Math.Min(length, _buffer.Length)));
            }
        }
    }

    /// <summary>The connection on which the gateway's next request comes.</summary>
    private Socket AwaitUpstream()
    {
        var started = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(started) < LongestWait)
        {
            foreach (var connection in _connections)
            {
                if (connection.Poll(TimeSpan.Zero, SelectMode.SelectRead))
                {
                    return connection;
                }
            }

            if (_listener.Poll(Look, SelectMode.SelectRead))
            {
                var accepted = _listener.Accept();
                Prepare(accepted);
                _connections.Add(accepted);
            }
        }

        throw new TimeoutException("The gateway does not ask Ollama.");
    }

    private static void Prepare(Socket socket)
    {
        socket.NoDelay = true;
        socket.ReceiveTimeout = socket.SendTimeout = (int)LongestWait.TotalMilliseconds;
    }

    private static void Send(Socket socket, ReadOnlySpan<byte> bytes)
    {
        ThreadPoolRest.Await();
        while (bytes.Length > 0)
        {
            bytes = bytes[socket.Send(bytes)..];
        }
    }

    /// <summary>Bytes of the whole request, once its head is there.</summary>
    private static int LengthOf(ReadOnlySpan<byte> request)
    {
        var end = request.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return int.MaxValue;
        }

        if (request.StartsWith("GET "u8))
        {
            return end + 4;
        }

        var length = request[..end].IndexOf("Content-Length: "u8);
        if (length < 0 || !Utf8Parser.TryParse(request[(length + "Content-Length: ".Length)..], out int body, out _))
        {
            throw new InvalidOperationException("The gateway's request to Ollama has no Content-Length.");
        }

        return end + 4 + body;
    }
}
