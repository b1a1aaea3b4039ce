using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>
/// Writes JSON so that equal values have equal bytes: no white space, numbers in one spelling. Members keep their order, since a
/// model reads schemas and arguments in the order in which they stand; <see cref="SortMembers"/> is for where order means nothing.
/// </summary>
internal sealed class CanonicalJsonConverter : JsonConverter<JsonElement>
{
    /// <summary>A division by it drops trailing zeros: 1.50 becomes 1.5.</summary>
    private const decimal Normalizer = 1.000000000000000000000000000000000m;

    public override JsonElement Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonElement.ParseValue(ref reader);

    public override void Write(Utf8JsonWriter writer, JsonElement value, JsonSerializerOptions options) => Write(writer, value);

    /// <summary>The same object with its members in ordinal order of their names; what they hold is left as it is.</summary>
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

        var reader = new Utf8JsonReader(buffer.WrittenSpan);
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
            // A decimal has not room for it: 1e-30 would become 0, which is another value.
            value.WriteTo(writer);
        }
    }
}
