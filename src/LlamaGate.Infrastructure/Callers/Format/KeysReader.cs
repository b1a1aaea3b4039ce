using System.Text;
using System.Text.Json;

namespace LlamaGate.Infrastructure.Callers.Format;

/// <summary>
/// Reads the structure of a keys file: an object with <c>keys</c>, a list of objects. What the fields contain is checked later, by
/// <see cref="KeyFields"/>.
/// </summary>
internal sealed class KeysReader(byte[] text, int start, FaultList faults)
{
    /// <summary>This number fits into a <c>Dictionary</c> and into memory easily.</summary>
    public const int MaxKeys = 100_000;

    private const string KeysName = "keys";

    /// <summary>Editors find the schema of a file by this member.</summary>
    private const string SchemaName = "$schema";

    private readonly LineCounter _lines = new(text);
    private readonly List<RawKey> _keys = [];
    private int _listStart = -1;
    private int _listEnd;

    /// <exception cref="JsonException">The text is not JSON.</exception>
    /// <exception cref="InvalidOperationException">A text in it is not Unicode.</exception>
    public KeysDocument? Read()
    {
        var reader = new Utf8JsonReader(text.AsSpan(start), new JsonReaderOptions
        {
            AllowTrailingCommas = true,
            CommentHandling = JsonCommentHandling.Skip,
        });
        reader.Read();
        if (reader.TokenType is not JsonTokenType.StartObject)
        {
            faults.Add(LineOf(reader), "must be an object with the list \"keys\"");
            return null;
        }

        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            ReadMember(ref reader);
        }

        // To the end, where something may follow.
        while (reader.Read())
        {
        }

        if (_listStart < 0 && faults.IsEmpty)
        {
            faults.Add(line: null, "has no list \"keys\"");
        }

        return new KeysDocument([], _keys, _listStart, _listEnd);
    }

    private void ReadMember(ref Utf8JsonReader reader)
    {
        var name = reader.GetString();
        var line = LineOf(reader);
        reader.Read();
        switch (name)
        {
            case SchemaName when reader.TokenType is JsonTokenType.String:
                return;
            case KeysName when _listStart >= 0:
                faults.Add(line, "has \"keys\" twice");
                reader.Skip();
                return;
            case KeysName when reader.TokenType is JsonTokenType.StartArray:
                ReadKeys(ref reader);
                return;
            case KeysName:
                faults.Add(line, "must have a list as \"keys\"");
                break;
            default:
                faults.Add(line, $"has {UnknownName.Describe(name!, [KeysName])}");
                break;
        }

        reader.Skip();
    }

    private void ReadKeys(ref Utf8JsonReader reader)
    {
        _listStart = EndOf(reader);
        while (reader.Read() && reader.TokenType is not JsonTokenType.EndArray)
        {
            if (_keys.Count == MaxKeys)
            {
                faults.Add(LineOf(reader), $"has more than {MaxKeys} keys");
                reader.Skip();
                return;
            }

            if (reader.TokenType is JsonTokenType.StartObject)
            {
                ReadKey(ref reader);
                continue;
            }

            faults.Add(new(LineOf(reader), $"keys[{_keys.Count}]", Id: null, "must be an object"));
            reader.Skip();
        }

        _listEnd = StartOf(reader);
    }

    private void ReadKey(ref Utf8JsonReader reader)
    {
        var (begin, line) = (StartOf(reader), LineOf(reader));
        var fields = new List<RawField>();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            fields.Add(ReadField(name, ref reader));
        }

        _keys.Add(new RawKey(_keys.Count, line, fields, begin, EndOf(reader)));
    }

    private RawField ReadField(string name, ref Utf8JsonReader reader)
    {
        var (begin, line) = (StartOf(reader), LineOf(reader));
        var kind = KindOf(reader.TokenType);
        List<string> texts = [];
        switch (kind)
        {
            case FieldKind.Text:
                texts.Add(reader.GetString()!);
                break;
            case FieldKind.Number:
                texts.Add(Encoding.UTF8.GetString(reader.ValueSpan));
                break;
            case FieldKind.Texts when !TryReadTexts(ref reader, texts):
                kind = FieldKind.Other;
                break;
            case FieldKind.Other:
                reader.Skip();
                break;
        }

        return new RawField(name, line, kind, texts, begin, EndOf(reader));
    }

    /// <summary>Leaves the reader at the end of the list, whatever is in it.</summary>
    private static bool TryReadTexts(ref Utf8JsonReader reader, List<string> texts)
    {
        var depth = reader.CurrentDepth;
        var areTexts = true;
        while (reader.Read() && !(reader.TokenType is JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType is JsonTokenType.String)
            {
                texts.Add(reader.GetString()!);
            }
            else
            {
                areTexts = false;
            }
        }

        return areTexts;
    }

    private static FieldKind KindOf(JsonTokenType token) => token switch
    {
        JsonTokenType.String => FieldKind.Text,
        JsonTokenType.Number => FieldKind.Number,
        JsonTokenType.True => FieldKind.True,
        JsonTokenType.False => FieldKind.False,
        JsonTokenType.StartArray => FieldKind.Texts,
        _ => FieldKind.Other,
    };

    private int LineOf(in Utf8JsonReader reader) => _lines.LineOf(StartOf(reader));

    private int StartOf(in Utf8JsonReader reader) => start + (int)reader.TokenStartIndex;

    private int EndOf(in Utf8JsonReader reader) => start + (int)reader.BytesConsumed;
}
