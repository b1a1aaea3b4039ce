using System.Globalization;
using System.Text;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>
/// An HTTP answer ready to be sent: a plain body, or lines and a closing line when <see cref="Lines"/> is there.
/// </summary>
internal sealed record Reply(int Status, string? ContentType)
{
    /// <summary>
    /// Go's server sends a plain body beyond its 2048-byte buffer chunked, a shorter one with a Content-Length.
    /// </summary>
    private const int GoBuffer = 2048;

    /// <summary>Headers with a place of their own here, or which the server writes by itself.</summary>
    private static readonly HashSet<string> WrittenElsewhere =
        new(StringComparer.Ordinal) { "Content-Type", "Content-Length", "Transfer-Encoding", "Connection", "Date" };

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>The recorded length; null derives it from the body.</summary>
    public long? RecordedLength { get; init; }

    /// <summary>Chunks of a stream, made as they are sent.</summary>
    public IEnumerable<ReadOnlyMemory<byte>>? Lines { get; init; }

    /// <summary>Makes the closing line when its time has come, so that it can report true durations.</summary>
    public Func<ReadOnlyMemory<byte>>? ClosingLine { get; init; }

    /// <summary>Makes the plain body when the model is done, in place of <see cref="Body"/>.</summary>
    public Func<ReadOnlyMemory<byte>>? LateBody { get; init; }

    /// <summary>How many lines a model would have made for a plain body: what its generation takes in gaps.</summary>
    public int PlainLines { get; init; }

    public long? ContentLength => RecordedLength ?? (Body.Length <= GoBuffer ? Body.Length : null);

    public static Reply Json(string json, int status = 200) =>
        new(status, ContentTypes.Json) { Body = Encoding.UTF8.GetBytes(json) };

    /// <summary>An object that is written when it is sent.</summary>
    public static Reply Late(Func<string> json) =>
        new(200, ContentTypes.Json) { LateBody = () => Encoding.UTF8.GetBytes(json()) };

    public static Reply Text(int status, string contentType, string text) =>
        new(status, contentType) { Body = Encoding.UTF8.GetBytes(text) };

    public static Reply Error(int status, string error) => Json($$"""{"error":{{GoJson.Quote(error)}}}""", status);

    public static Reply From(RawAnswer raw) => new(raw.Status, raw.ContentType) { Body = raw.Body, Lines = raw.Lines };

    public static Reply From(Recording recording) =>
        new(recording.Status, recording.Headers.FirstOrDefault(h => h.Key == "Content-Type").Value)
        {
            Headers = [.. recording.Headers.Where(h => !WrittenElsewhere.Contains(h.Key))],
            Body = Encoding.UTF8.GetBytes(recording.Body),
            RecordedLength = recording.Headers
                .Where(h => h.Key == "Content-Length")
                .Select(h => (long?)long.Parse(h.Value, CultureInfo.InvariantCulture))
                .FirstOrDefault(),
            Lines = recording.Chunks,
        };
}
