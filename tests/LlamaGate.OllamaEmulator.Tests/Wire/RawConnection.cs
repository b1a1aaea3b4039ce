using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace LlamaGate.OllamaEmulator.Tests.Wire;

/// <summary>HTTP by hand on one socket, because HttpClient hides chunk boundaries and resets.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client = new() { NoDelay = true };
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _from;
    private int _to;

    public static async Task<RawConnection> OpenAsync(EmulatedOllama emulator)
    {
        var connection = new RawConnection();
        await connection._client.ConnectAsync(emulator.Address.Host, emulator.Address.Port);
        return connection;
    }

    /// <summary>One exchange on a connection of its own.</summary>
    public static async Task<RawResponse> ExchangeAsync(
        EmulatedOllama emulator,
        string method,
        string path,
        string? body = null,
        params (string Name, string Value)[] headers)
    {
        using var connection = await OpenAsync(emulator);
        await connection.SendAsync(method, path, body, headers);
        return await connection.ReadAsync(method);
    }

    public static Task<RawResponse> PostAsync(
        EmulatedOllama emulator, string path, string body, params (string Name, string Value)[] headers) =>
        ExchangeAsync(emulator, "POST", path, body, headers);

    public async Task SendAsync(string method, string path, string? body, params (string Name, string Value)[] headers)
    {
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\n");
        var all = headers.Any(h => h.Name == "Host") ? headers : [("Host", "127.0.0.1"), .. headers];
        foreach (var (name, value) in all)
        {
            text.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        }

        var bytes = Encoding.UTF8.GetBytes(body ?? string.Empty);
        if (body is not null)
        {
            text.Append(CultureInfo.InvariantCulture, $"Content-Length: {bytes.Length}\r\n");
        }

        await _client.GetStream().WriteAsync(
            (byte[])[.. Encoding.ASCII.GetBytes(text.Append("\r\n").ToString()), .. bytes]);
    }

    public async Task<RawResponse> ReadAsync(string method = "POST")
    {
        var (status, headers) = await ReadHeadAsync();
        if (headers.Any(h => h.Key == "Transfer-Encoding"))
        {
            var chunks = new List<byte[]>();
            while (await ReadChunkAsync() is { } chunk)
            {
                chunks.Add(chunk);
            }

            return RawResponse.Chunked(status, headers, chunks);
        }

        var length = headers
            .Where(h => h.Key == "Content-Length")
            .Select(h => int.Parse(h.Value, CultureInfo.InvariantCulture))
            .FirstOrDefault();
        var body = new byte[method == "HEAD" ? 0 : length];
        await FillAsync(body);
        return RawResponse.Plain(status, headers, body);
    }

    public async Task<(int Status, IReadOnlyList<KeyValuePair<string, string>> Headers)> ReadHeadAsync()
    {
        var status = int.Parse((await ReadLineAsync()).Split(' ')[1], CultureInfo.InvariantCulture);
        var headers = new List<KeyValuePair<string, string>>();
        for (var line = await ReadLineAsync(); line.Length > 0; line = await ReadLineAsync())
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(KeyValuePair.Create(line[..colon], line[(colon + 1)..].Trim()));
        }

        return (status, headers);
    }

    /// <summary>One HTTP chunk; null for the closing one.</summary>
    public async Task<byte[]?> ReadChunkAsync()
    {
        var length = int.Parse(await ReadLineAsync(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var chunk = new byte[length];
        await FillAsync(chunk);
        await ReadLineAsync();
        return length == 0 ? null : chunk;
    }

    public async Task<string> ReadChunkTextAsync() =>
        Encoding.UTF8.GetString(
            await ReadChunkAsync() ?? throw new EndOfStreamException("The chunked body had ended."));

    /// <summary>Reads to the end: true when that is a reset, false when the peer closed properly.</summary>
    public async Task<bool> IsResetAsync()
    {
        try
        {
            while (await ReceiveAsync())
            {
            }

            return false;
        }
        catch (IOException e)
            when (e.InnerException is SocketException { SocketErrorCode: SocketError.ConnectionReset })
        {
            return true;
        }
    }

    /// <summary>True when nothing can be read: no byte, no end.</summary>
    public bool IsSilent() =>
        _from == _to && _client.Available == 0 && !_client.Client.Poll(TimeSpan.Zero, SelectMode.SelectRead);

    /// <summary>Leaves as a client that lost interest.</summary>
    public void HangUp() => _client.Client.Close(timeout: 0);

    public void Dispose() => _client.Dispose();

    private async Task<string> ReadLineAsync()
    {
        var line = new StringBuilder();
        while (line.Length < 2 || line[^2] != '\r' || line[^1] != '\n')
        {
            if (_from == _to && !await ReceiveAsync())
            {
                throw new EndOfStreamException("The peer closed the connection.");
            }

            line.Append((char)_buffer[_from++]);
        }

        return line.ToString(0, line.Length - 2);
    }

    private async Task FillAsync(Memory<byte> target)
    {
        while (target.Length > 0)
        {
            if (_from == _to && !await ReceiveAsync())
            {
                throw new EndOfStreamException("The peer closed the connection.");
            }

            var taken = Math.Min(target.Length, _to - _from);
            _buffer.AsMemory(_from, taken).CopyTo(target);
            _from += taken;
            target = target[taken..];
        }
    }

    /// <summary>Refills the buffer; false when the peer closed properly.</summary>
    private async Task<bool> ReceiveAsync()
    {
        _from = 0;
        _to = await _client.GetStream().ReadAsync(_buffer);
        return _to > 0;
    }
}
