using System.Text.Json;
using System.Text.Unicode;
using LlamaGate.Domain.Callers;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>Parses and checks a keys file. Everything that is wrong becomes a fault; it throws nothing.</summary>
internal static class KeysParser
{
    private static ReadOnlySpan<byte> ByteOrderMark => [0xEF, 0xBB, 0xBF];

    /// <param name="text">The whole file.</param>
    /// <param name="reserved">The keys of variables.</param>
    /// <returns>Null when not even the structure can be read.</returns>
    public static KeysDocument? Parse(byte[] text, ReservedKeys reserved, FaultList faults)
    {
        var start = text.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0;
        if (!Utf8.IsValid(text))
        {
            faults.Add(line: null, "is not valid UTF-8");
            return null;
        }

        if (text.AsSpan(start).TrimStart(" \t\r\n"u8).IsEmpty)
        {
            faults.Add(line: null, "is empty; a file without keys is {\"keys\": []}");
            return null;
        }

        try
        {
            return new KeysReader(text, start, faults).Read() is { } document
                ? document with { Entries = Check(document.Keys, reserved, faults) }
                : null;
        }
        catch (JsonException exception)
        {
            // The message is not used: it can quote the text.
            faults.Add(
                (int)(exception.LineNumber ?? 0) + 1,
                $"is not valid JSON, at or before column {(exception.BytePositionInLine ?? 0) + 1}");
        }
        catch (InvalidOperationException)
        {
            faults.Add(line: null, "contains a string with half of a Unicode character (\\ud800 to \\udfff)");
        }

        return null;
    }

    private static List<KeyEntry> Check(IReadOnlyList<RawKey> keys, ReservedKeys reserved, FaultList faults)
    {
        var entries = new List<KeyEntry>(keys.Count);
        var uniqueness = new KeyUniqueness(reserved, faults);
        foreach (var key in keys)
        {
            var entry = KeyCheck.ToEntry(key, faults);
            uniqueness.Add(key, entry);
            entries.Add(entry);
        }

        return entries;
    }
}
