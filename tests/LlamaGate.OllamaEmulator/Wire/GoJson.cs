using System.Buffers;
using System.Globalization;
using System.Text;

namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>JSON values as Go's encoding/json writes them, which is neither of .NET's two ways to escape.</summary>
internal static class GoJson
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(c => (char)c), '"', '\\', '<', '>', '&', '\u2028', '\u2029']);

    /// <summary>
    /// A quoted string: <c>&lt; &gt; &amp;</c> and the line separators as \u escapes, other non-ASCII raw.
    /// </summary>
    public static string Quote(string value)
    {
        if (value.AsSpan().IndexOfAny(Escaped) < 0)
        {
            return $"\"{value}\"";
        }

        var text = new StringBuilder(value.Length + 16).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => text.Append("\\\""),
                '\\' => text.Append("\\\\"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                < ' ' or '<' or '>' or '&' or '\u2028' or '\u2029' =>
                    text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }

    public static string Array(IEnumerable<string> values) => $"[{string.Join(',', values.Select(Quote))}]";

    /// <summary>RFC 3339 in UTC with trailing zeros of the fraction dropped.</summary>
    public static string Time(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
