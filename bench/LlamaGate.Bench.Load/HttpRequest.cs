using System.Globalization;
using System.Text;

namespace LlamaGate.Bench.Load;

/// <summary>A request as bytes, ready to be sent again and again.</summary>
public static class HttpRequest
{
    public static ReadOnlyMemory<byte> Post(string path, string key, ReadOnlySpan<byte> body)
    {
        var head = string.Create(
            CultureInfo.InvariantCulture,
            $"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
            + $"Authorization: Bearer {key}\r\nContent-Length: {body.Length}\r\n\r\n");
        return (byte[])[.. Encoding.ASCII.GetBytes(head), .. body];
    }

    public static ReadOnlyMemory<byte> Get(string path) =>
        Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
}
