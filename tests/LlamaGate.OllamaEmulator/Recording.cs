using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace LlamaGate.OllamaEmulator;

/// <summary>One recorded exchange with a real Ollama server.</summary>
public sealed record Recording
{
    private const string Folder = "recordings/";
    private static readonly ConcurrentDictionary<string, Recording> Read = new(StringComparer.Ordinal);

    private Recording(string name, JsonElement root)
    {
        var request = root.GetProperty("request");
        var response = root.GetProperty("response");
        Name = name;
        Method = request.GetProperty("method").GetString() ?? "GET";
        Path = request.GetProperty("path").GetString() ?? "/";
        RequestHeaders =
            [.. request.GetProperty("headers").EnumerateObject().Select(h => KeyValuePair.Create(h.Name, $"{h.Value}"))];
        RequestBody = request.GetProperty("body").GetString();
        Status = response.GetProperty("status").GetInt32();
        Headers =
            [.. response.GetProperty("headers").EnumerateArray().Select(h => KeyValuePair.Create($"{h[0]}", $"{h[1]}"))];
        Body = response.GetProperty("body_raw").GetString() ?? string.Empty;
        Chunks = response.TryGetProperty("chunks", out var chunks) && chunks.ValueKind is JsonValueKind.Array
            ? [.. chunks.EnumerateArray().Select(c => new ReadOnlyMemory<byte>(Encoding.UTF8.GetBytes(c.ToString())))]
            : null;
    }

    /// <summary>The names of all recordings, sorted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. typeof(Recording).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Folder, StringComparison.Ordinal))
        .Select(n => n[Folder.Length..])
        .Order(StringComparer.Ordinal)];

    public string Name { get; }

    /// <summary>Method of the recorded request.</summary>
    public string Method { get; }

    /// <summary>Path of the recorded request.</summary>
    public string Path { get; }

    public IReadOnlyList<KeyValuePair<string, string>> RequestHeaders { get; }

    /// <summary>The recorded request's body; null when it had none.</summary>
    public string? RequestBody { get; }

    public int Status { get; }

    /// <summary>The recorded response's headers in order.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>The exact body.</summary>
    public string Body { get; }

    /// <summary>The pieces of a chunked body in order; null when it came with a Content-Length.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>>? Chunks { get; }

    /// <exception cref="ArgumentException">There is no such recording.</exception>
    public static Recording Named(string name) =>
        Find(name) ?? throw new ArgumentException($"There is no recording '{name}'.", nameof(name));

    internal static Recording? Find(string name)
    {
        if (Read.TryGetValue(name, out var known))
        {
            return known;
        }

        using var stream = typeof(Recording).Assembly.GetManifestResourceStream(Folder + name);
        if (stream is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(stream);
        return Read.GetOrAdd(name, new Recording(name, document.RootElement));
    }
}
