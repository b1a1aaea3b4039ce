using System.Text;

namespace LlamaGate.OllamaEmulator.Tests.Wire;

/// <summary>A response as it stood on the wire.</summary>
internal sealed record RawResponse(
    int Status, IReadOnlyList<KeyValuePair<string, string>> Headers, IReadOnlyList<string> Chunks, string Body)
{
    public string? Header(string name) =>
        Headers.FirstOrDefault(h => string.Equals(h.Key, name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>The lines of an NDJSON body without their line feeds.</summary>
    public string[] Lines => Body.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static RawResponse Plain(int status, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body) =>
        new(status, headers, [], Encoding.UTF8.GetString(body));

    public static RawResponse Chunked(
        int status, IReadOnlyList<KeyValuePair<string, string>> headers, IReadOnlyList<byte[]> chunks) =>
        new(
            status,
            headers,
            [.. chunks.Select(Encoding.UTF8.GetString)],
            Encoding.UTF8.GetString([.. chunks.SelectMany(c => c)]));
}
