using System.Globalization;
using System.Text;

namespace LlamaGate.PerformanceTests.Running;

/// <summary>Requests and answers as they stand on the wire, made before anything is measured.</summary>
internal static class HttpBytes
{
    /// <param name="key">Null: without a key.</param>
    public static byte[] Post(string path, byte[] body, string? key) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            POST {path} HTTP/1.1
            Host: 127.0.0.1
            User-Agent: performance-tests
            Accept: application/json
            Content-Type: application/json
            Content-Length: {body.Length}{(key is null ? "" : $"\nAuthorization: Bearer {key}")}


            """).ReplaceLineEndings("\r\n")),
        .. body,
    ];

    public static byte[] Answer(byte[] json) =>
    [
        .. Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"""
            HTTP/1.1 200 OK
            Content-Type: application/json; charset=utf-8
            Date: Mon, 23 Nov 2026 00:38:54 GMT
            Content-Length: {json.Length}


            """).ReplaceLineEndings("\r\n")),
        .. json,
    ];

    public static byte[] StreamHead() => Encoding.ASCII.GetBytes("""
        HTTP/1.1 200 OK
        Content-Type: application/x-ndjson
        Date: Mon, 23 Nov 2026 00:38:54 GMT
        Transfer-Encoding: chunked


        """.ReplaceLineEndings("\r\n"));

    /// <summary>One HTTP chunk for each line, as Ollama sends them.</summary>
    public static byte[] Chunk(ReadOnlySpan<byte> line) =>
    [
        .. Encoding.ASCII.GetBytes(line.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n"),
        .. line,
        .. "\r\n"u8,
    ];

    public static byte[] StreamEnd() => [.. "0\r\n\r\n"u8];
}
