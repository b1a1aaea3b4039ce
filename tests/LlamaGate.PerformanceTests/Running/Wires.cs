using System.Buffers.Text;
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

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Socket _client = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly byte[] _buffer = new byte[256 * 1024];
    private readonly AnswerReader _answer = new();
    private Socket? _upstream;

    public Wires()
    {
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen();
    }

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

    /// <summary>Takes the gateway's request to Ollama, head and body.</summary>
    public void TakeUpstreamRequest()
    {
        var (length, expected) = (0, int.MaxValue);
        while (length < expected)
        {
            // Of a long body only the number of bytes is of interest.
            var room = length < _buffer.Length / 2 ? _buffer.AsSpan(length) : _buffer.AsSpan(_buffer.Length / 2);
            length += ReceiveUpstream(room, isFirst: length == 0);
            if (expected == int.MaxValue)
            {
                expected = LengthOf(_buffer.AsSpan(0, Math.Min(length, _buffer.Length)));
            }
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
        _upstream?.Dispose();
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

    private int ReceiveUpstream(Span<byte> buffer, bool isFirst)
    {
        _upstream ??= Accept();
        var received = _upstream.Receive(buffer);
        if (received > 0)
        {
            return received;
        }

        if (!isFirst)
        {
            throw new InvalidOperationException("The gateway closed the connection to Ollama in the middle of a request.");
        }

        // It had been idle for so long that the gateway gave it up.
        _upstream.Dispose();
        _upstream = Accept();
        return _upstream.Receive(buffer);
    }

    private Socket Accept()
    {
        if (!_listener.Poll(LongestWait, SelectMode.SelectRead))
        {
            throw new TimeoutException("The gateway does not connect to Ollama.");
        }

        var accepted = _listener.Accept();
        Prepare(accepted);
        return accepted;
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

        var length = request[..end].IndexOf("Content-Length: "u8);
        if (length < 0 || !Utf8Parser.TryParse(request[(length + "Content-Length: ".Length)..], out int body, out _))
        {
            throw new InvalidOperationException("The gateway's request to Ollama has no Content-Length.");
        }

        return end + 4 + body;
    }
}
