using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlamaGate.Api.Tests.CommandLine.Connections;

/// <summary>A listener on loopback that reads each connection's first request and then does with it what the test says.</summary>
internal sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<NetworkStream, string, CancellationToken, Task> _script;
    private readonly TaskCompletionSource<string> _firstRequest = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _accepting;

    /// <param name="script">Gets the connection and the request's head; the connection closes when it returns.</param>
    public ScriptedServer(Func<NetworkStream, string, CancellationToken, Task> script)
    {
        _script = script;
        _listener.Start();
        Root = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Root { get; }

    /// <summary>The head of the first request.</summary>
    public Task<string> FirstRequest => _firstRequest.Task.WaitAsync(TimeSpan.FromSeconds(30));

    /// <summary>Answers every request with these bytes and closes.</summary>
    public static ScriptedServer Answering(string response) => new(async (stream, _, cancellationToken) =>
    {
        await stream.WriteAsync(Encoding.UTF8.GetBytes(response), cancellationToken);
        // Closed with something unread, the connection would be reset and the answer could get lost.
        stream.Socket.Shutdown(SocketShutdown.Send);
        await stream.CopyToAsync(Stream.Null, cancellationToken);
    });

    /// <summary>Answers with a status and a JSON body.</summary>
    public static ScriptedServer Answering(int status, string json) => Answering(
        $"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\nConnection: close\r\n\r\n{json}");

    /// <summary>Takes requests and says nothing.</summary>
    public static ScriptedServer Silent() => new((_, _, cancellationToken) => Task.Delay(Timeout.Infinite, cancellationToken));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (true)
            {
                open.Add(ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token)));
            }
        }
        catch (Exception exception)
            when (exception is OperationCanceledException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // A listener that is disposed between two calls says that it does not listen.
            await Task.WhenAll(open);
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var owned = client;
        try
        {
            var stream = client.GetStream();
            var head = await ReadHeadAsync(stream);
            if (head.Length == 0)
            {
                // A connection that a client opened in advance, and closed unused.
                return;
            }

            _firstRequest.TrySetResult(head);
            await _script(stream, head, _stop.Token);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException or SocketException)
        {
            // Either side may leave whenever it likes.
        }
    }

    private async Task<string> ReadHeadAsync(NetworkStream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!IsWhole(head.ToString()) && await stream.ReadAsync(one, _stop.Token) == 1)
        {
            head.Append((char)one[0]);
        }

        return head.ToString();
    }

    /// <summary>What begins with no letter is no HTTP, so no end of a head is to be waited for.</summary>
    private static bool IsWhole(string head) =>
        head.EndsWith("\r\n\r\n", StringComparison.Ordinal) || (head.Length > 0 && !char.IsAsciiLetter(head[0]));
}
