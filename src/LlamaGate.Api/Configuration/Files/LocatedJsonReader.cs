using System.Text.Encodings.Web;
using System.Text.Json;

namespace LlamaGate.Api.Configuration.Files;

/// <summary>Reads a JSON file with comments and trailing commas. The framework's own reader loses the lines.</summary>
internal sealed class LocatedJsonReader
{
    private static readonly byte[] ByteOrderMark = [0xEF, 0xBB, 0xBF];

    private readonly ReadOnlyMemory<byte> _json;
    private readonly List<FileFault> _faults;
    private readonly List<int> _lineStarts = [0];

    private LocatedJsonReader(ReadOnlyMemory<byte> json, List<FileFault> faults)
    {
        _json = json;
        _faults = faults;
        for (var i = 0; i < json.Length; i++)
        {
            if (json.Span[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    /// <param name="file">The whole file, UTF-8.</param>
    /// <param name="faults">Gets what is wrong with it: a member that is there twice, or why it is not JSON.</param>
    /// <returns>Null when it is not JSON.</returns>
    public static LocatedJson? Read(byte[] file, List<FileFault> faults)
    {
        var json = file.AsMemory(file.AsSpan().StartsWith(ByteOrderMark) ? ByteOrderMark.Length : 0);
        var located = new LocatedJsonReader(json, faults);
        var reader = new Utf8JsonReader(
            json.Span, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
        try
        {
            reader.Read();
            var root = located.ReadValue(ref reader, "");
            reader.Read();
            return root;
        }
        catch (JsonException exception)
        {
            // The framework's message quotes the text, which may be a secret.
            var line = (int)exception.LineNumber.GetValueOrDefault() + 1;
            faults.Add(new FileFault(line, $"this is not valid JSON, near character {exception.BytePositionInLine + 1}"));
            return null;
        }
        catch (InvalidOperationException)
        {
            faults.Add(new FileFault(located.LineOf(reader.TokenStartIndex), "this text is not valid UTF-8"));
            return null;
        }
    }

    private LocatedJson ReadValue(ref Utf8JsonReader reader, string path)
    {
        var start = (int)reader.TokenStartIndex;
        var value = new LocatedJson(path, LineOf(start), KindOf(reader.TokenType), default);
        value = reader.TokenType switch
        {
            JsonTokenType.StartObject => value with { Members = ReadMembers(ref reader, path) },
            JsonTokenType.StartArray => value with { Items = ReadItems(ref reader, path) },
            _ => value,
        };
        return value with { Raw = _json[start..(int)reader.BytesConsumed] };
    }

    private List<KeyValuePair<string, LocatedJson>> ReadMembers(ref Utf8JsonReader reader, string path)
    {
        var members = new List<KeyValuePair<string, LocatedJson>>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString() ?? "";
            var line = LineOf(reader.TokenStartIndex);
            reader.Read();
            var value = ReadValue(ref reader, PathOf(path, name));
            if (names.Add(name))
            {
                members.Add(KeyValuePair.Create(name, value));
            }
            else
            {
                _faults.Add(new FileFault(line, $"{value.Path} occurs twice"));
            }
        }

        return members;
    }

    private List<LocatedJson> ReadItems(ref Utf8JsonReader reader, string path)
    {
        var items = new List<LocatedJson>();
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            items.Add(ReadValue(ref reader, $"{path}[{items.Count}]"));
        }

        return items;
    }

    private static string PathOf(string path, string name)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '$'))
        {
            return $"{path}[\"{JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(name)}\"]";
        }

        return path.Length == 0 ? name : $"{path}.{name}";
    }

    private static JsonValueKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.StartObject => JsonValueKind.Object,
        JsonTokenType.StartArray => JsonValueKind.Array,
        JsonTokenType.String => JsonValueKind.String,
        JsonTokenType.Number => JsonValueKind.Number,
        JsonTokenType.True => JsonValueKind.True,
        JsonTokenType.False => JsonValueKind.False,
        _ => JsonValueKind.Null,
    };

    private int LineOf(long position) =>
        _lineStarts.BinarySearch((int)position) is var found && found >= 0 ? found + 1 : ~found;
}
