using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Unicode;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// Reads JSON that is passed on unchanged, and refuses text that is not Unicode: the serializer checks strings only when it
/// decodes them, so such a text would fail later, as an internal error.
/// </summary>
internal sealed class RawJsonConverter : JsonConverter<JsonElement>
{
    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Read(ref reader);

    public static JsonElement Read(ref Utf8JsonReader reader)
    {
        var element = JsonElement.ParseValue(ref reader);
        var raw = JsonMarshal.GetRawUtf8Value(element);
        if (!Utf8.IsValid(raw) || (HasSurrogateEscape(raw) && !CanDecode(element)))
        {
            throw new ContractException("the text is not valid Unicode.");
        }

        return element;
    }

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => value.WriteTo(writer);

    private static bool HasSurrogateEscape(ReadOnlySpan<byte> raw) => raw.IndexOf(@"\ud"u8) >= 0 || raw.IndexOf(@"\uD"u8) >= 0;

    private static bool CanDecode(JsonElement element)
    {
        try
        {
            Decode(element);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static void Decode(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                _ = element.GetString();
                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    Decode(item);
                }

                break;
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    _ = property.Name;
                    Decode(property.Value);
                }

                break;
        }
    }
}
