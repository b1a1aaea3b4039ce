using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Infrastructure.Callers.Format;

namespace LlamaGate.Infrastructure.Callers.Editing;

/// <summary>The text of a valid keys file, changed in place: comments, layout and unusual orders are people's and stay.</summary>
internal sealed class KeysText
{
    private const string DefaultIndent = "    ";
    private const string IndentOfEnd = "  ";

    private static readonly JsonSerializerOptions Written = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly byte[] _text;
    private readonly KeysDocument _document;

    private KeysText(byte[] text, KeysDocument document) => (_text, _document) = (text, document);

    /// <summary>A file without keys.</summary>
    public static byte[] Empty => "{\n  \"keys\": [\n  ]\n}\n"u8.ToArray();

    /// <summary>What ends the lines of the text.</summary>
    private string LineEnd => _text.AsSpan().IndexOf("\r\n"u8) >= 0 ? "\r\n" : "\n";

    /// <exception cref="KeysFileException">The text has faults.</exception>
    public static KeysText Parse(byte[] text, KeysFileOptions options)
    {
        var faults = new FaultList();
        var document = KeysParser.Parse(text, ReservedKeys.Of(options), faults);
        return faults.IsEmpty && document is not null
            ? new KeysText(text, document)
            : throw new KeysFileException([.. faults.All.Select(fault => fault.Describe(options.Path))]);
    }

    /// <summary>For members that are not checked yet.</summary>
    public static byte[] Insert(byte[] text, JsonObject members, KeyDigest digest) =>
        Parse(text, new KeysFileOptions("")).Add(members, digest);

    public KeyEntry? Find(string id) => _document.Entries.FirstOrDefault(entry => entry.Id == id);

    /// <summary>Adds a key at the end of the list, on a line of its own.</summary>
    public byte[] Add(JsonObject members, KeyDigest digest)
    {
        var last = _document.Keys.Count > 0 ? _document.Keys[^1] : null;
        var from = last?.End ?? _document.ListStart;
        var hasComma = last is not null && JsonGap.FindComma(_text, from, _document.ListEnd) >= 0;
        // Behind the comments of the last key.
        var behind = _document.ListEnd - JsonGap.BlanksBefore(_text, _document.ListEnd);
        var key = LineEnd + (last is null ? DefaultIndent : JsonGap.IndentOf(_text, last.Start) ?? DefaultIndent) + Write(members, digest);
        return
        [
            .. _text.AsSpan(0, from),
            .. last is not null && !hasComma ? ","u8 : [],
            .. _text.AsSpan(from, behind - from),
            .. Encoding.UTF8.GetBytes(hasComma ? key + "," : key),
            .. behind == _document.ListEnd ? Encoding.UTF8.GetBytes(LineEnd + IndentOfEnd) : [],
            .. _text.AsSpan(behind),
        ];
    }

    public byte[] SetDigests(string id, IReadOnlyList<KeyDigest> digests)
    {
        var field = KeyOf(id).Fields.First(one => one.Name == KeyFields.Hash);
        return [.. _text.AsSpan(0, field.Start), .. Encoding.UTF8.GetBytes(Write(digests)), .. _text.AsSpan(field.End)];
    }

    /// <summary>Removes a key with its comma, and with the comment behind it on its line.</summary>
    public byte[] Remove(string id)
    {
        var key = KeyOf(id);
        var next = key.Index + 1 < _document.Keys.Count ? _document.Keys[key.Index + 1].Start : _document.ListEnd;
        var before = key.Index > 0 ? _document.Keys[key.Index - 1].End : _document.ListStart;
        var commaAfter = JsonGap.FindComma(_text, key.End, next);
        // The last key without a comma takes the one before it along.
        var commaBefore = commaAfter < 0 ? JsonGap.FindComma(_text, before, key.Start) : -1;
        var (start, end) = JsonGap.WholeLine(_text, key.Start, commaAfter < 0 ? key.End : commaAfter + 1, before, next);
        return commaBefore < 0
            ? [.. _text.AsSpan(0, start), .. _text.AsSpan(end)]
            : [.. _text.AsSpan(0, commaBefore), .. _text.AsSpan(commaBefore + 1, start - commaBefore - 1), .. _text.AsSpan(end)];
    }

    private RawKey KeyOf(string id) => _document.Keys[_document.Entries.ToList().FindIndex(entry => entry.Id == id)];

    /// <summary>One line, the id and the hash first.</summary>
    private static string Write(JsonObject members, KeyDigest digest)
    {
        var others = members.Where(member => member.Key != KeyFields.Id).Select(Member);
        var id = Member(new(KeyFields.Id, members[KeyFields.Id]));
        return "{" + string.Join(", ", others.Prepend($"\"{KeyFields.Hash}\": {Write([digest])}").Prepend(id)) + "}";
    }

    private static string Member(KeyValuePair<string, JsonNode?> member) =>
        $"\"{member.Key}\": {member.Value?.ToJsonString(Written) ?? "null"}";

    private static string Write(IReadOnlyList<KeyDigest> digests)
    {
        var texts = digests.Select(digest => $"\"{digest.ToText()}\"");
        return digests.Count == 1 ? texts.Single() : $"[{string.Join(", ", texts)}]";
    }
}
