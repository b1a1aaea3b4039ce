using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace LlamaGate.Api.Tests.CommandLine;

/// <summary>
/// Answers every POST with as much as it is told to, as fast as it is read, and holds none of it. It closes other connections: it
/// lists no models.
/// </summary>
internal sealed class FloodingOllama : IDisposable
{
    private const string LastLine =
        """{"model":"plain","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","prompt_eval_count":1,"eval_count":1}""" + "\n";

    private const int HeadBytes = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private long _sent;

    public FloodingOllama()
    {
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Address => $"http://{_listener.LocalEndpoint}";

    /// <summary>Bytes that the gateway's side has taken so far, of all answers.</summary>
    public long Sent => Volatile.Read(ref _sent);

    /// <summary>What every answer consists of, again and again.</summary>
    public string Piece { get; set; } = "";

    /// <summary>How often.</summary>
    public int Pieces { get; set; }

    public static string Line(string content) =>
        """{"model":"plain","created_at":"2026-01-01T00:00:00Z","message":{"role":"assistant","content":"@"},"done":false}"""
            .Replace("@", content, StringComparison.Ordinal) + "\n";

    public void Dispose()
    {
        _stopping.Cancel();
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var stop = _stopping.Token;
        while (!stop.IsCancellationRequested)
        {
            var socket = await _listener.AcceptSocketAsync(stop);
            // Little is on its way, so that the gateway's memory is what counts.
            socket.SendBufferSize = 16 * 1024;
            _ = AnswerAsync(socket, stop);
        }
    }

    private async Task AnswerAsync(Socket socket, CancellationToken stop)
    {
        try
        {
            await using var stream = new NetworkStream(socket, ownsSocket: true);
            if (!await ReadRequestAsync(stream, stop))
            {
                return;
            }

            await stream.WriteAsync(
                "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            for (var i = 0; i < Pieces; i++)
            {
                await SendAsync(stream, Piece, stop);
            }

            await SendAsync(stream, LastLine, stop);
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The gateway, or the test, has had enough.
        }
    }

    private async Task SendAsync(NetworkStream stream, string text, CancellationToken stop)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(text), stop);
        Interlocked.Add(ref _sent, text.Length);
    }

    /// <summary>Reads a request to its end; false when it is no POST.</summary>
    private static async Task<bool> ReadRequestAsync(NetworkStream stream, CancellationToken stop)
    {
        var buffer = new byte[HeadBytes];
        var read = 0;
        int end;
        while ((end = buffer.AsSpan(0, read).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var more = await stream.ReadAsync(buffer.AsMemory(read), stop);
            if (more == 0)
            {
                return false;
            }

            read += more;
        }

        var head = Encoding.ASCII.GetString(buffer, 0, end).Split("\r\n");
        var length = head.FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
        var rest = length is null ? 0 : long.Parse(length[15..], NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        for (rest -= read - end - 4; rest > 0;)
        {
            var more = await stream.ReadAsync(buffer, stop);
            rest = more == 0 ? 0 : rest - more;
        }

        return head[0].StartsWith("POST", StringComparison.Ordinal);
    }
}
