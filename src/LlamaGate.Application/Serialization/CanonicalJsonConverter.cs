using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// Writes JSON so that equal values have equal bytes: no white space, numbers in one form. Members keep their order, since a
/// model reads schemas and arguments in the given order; use <see cref="SortMembers"/> where order does not matter.
/// </summary>
internal sealed class CanonicalJsonConverter : JsonConverter<JsonElement>
{
    /// <summary>Dividing by it drops trailing zeros: 1.50 becomes 1.5.</summary>
    private const decimal Normalizer = 1.000000000000000000000000000000000m;

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>The same object with its members sorted by name (ordinal); their values are unchanged.</summary>
    public static JsonElement SortMembers(JsonElement element)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            foreach (var member in element.EnumerateObject().OrderBy(m => m.Name, StringComparer.Ordinal))
            {
                writer.WritePropertyName(member.Name);
                Write(writer, member.Value);
            }

            writer.WriteEndObject();
        }

        var reader = new Utf8JsonReader(buffer.WrittenSpan, ContractSerialization.ReaderOptions);
        return JsonElement.ParseValue(ref reader);
    }

    public static void Write(Utf8JsonWriter writer, JsonElement value)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Number:
                WriteNumber(writer, value);
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (var item in value.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (var member in value.EnumerateObject())
                {
                    writer.WritePropertyName(member.Name);
                    Write(writer, member.Value);
                }

                writer.WriteEndObject();
                break;
            default:
                value.WriteTo(writer);
                break;
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, JsonElement value)
    {
        if (value.TryGetDecimal(out var number)
            && (number / Normalizer).ToString(CultureInfo.InvariantCulture) is var text
            && double.Parse(text, CultureInfo.InvariantCulture).Equals(value.GetDouble()))
        {
            writer.WriteRawValue(text);
        }
        else
        {
            // A decimal cannot represent it: 1e-30 would become 0, a different value.
            value.WriteTo(writer);
        }
    }
}
