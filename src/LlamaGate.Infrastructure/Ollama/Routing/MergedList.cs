using System.Buffers;
using System.Text.Json;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>Joins the lists of several hosts, <c>{"models":[…]}</c>, entry by entry as each host wrote it.</summary>
/// <param name="isUnique">Whether the first entry of a name is the only one.</param>
internal sealed class MergedList(bool isUnique)
{
    private readonly ArrayBufferWriter<byte> _json = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private bool _isEmpty = true;

    /// <summary>Text that is no such list is left out.</summary>
    public void Add(ReadOnlyMemory<byte> list)
    {
        try
        {
            using var document = JsonDocument.Parse(list);
            foreach (var entry in Models(document.RootElement).Where(entry => !isUnique || IsNew(entry)))
            {
                _json.Write(_isEmpty ? ""u8 : ","u8);
                _json.Write(System.Runtime.InteropServices.JsonMarshal.GetRawUtf8Value(entry));
                _isEmpty = false;
            }
        }
        catch (Exception exception) when (BrokenJson.Explains(exception))
        {
            // A host that answers with something else has nothing to add.
        }
    }

    public ReadOnlyMemory<byte> ToJson()
    {
        var whole = new ArrayBufferWriter<byte>(_json.WrittenCount + 16);
        whole.Write("{\"models\":["u8);
        whole.Write(_json.WrittenSpan);
        whole.Write("]}"u8);
        return whole.WrittenMemory;
    }

    private static JsonElement.ArrayEnumerator Models(JsonElement root) =>
        root.ValueKind is JsonValueKind.Object
        && root.TryGetProperty("models", out var models)
        && models.ValueKind is JsonValueKind.Array
            ? models.EnumerateArray()
            : default;

    private bool IsNew(JsonElement entry) =>
        entry.ValueKind is JsonValueKind.Object
        && entry.TryGetProperty("name", out var name)
        && name.ValueKind is JsonValueKind.String
        && _names.Add(ModelName.Key(name.GetString()!));
}
