using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>As <see cref="WholeNumberConverter"/>, for numbers of 64 bits. One beyond them is an error: it may be a seed.</summary>
internal sealed class LongNumberConverter : JsonConverter<long>
{
    /// <summary>Every whole number up to this one has a <see cref="double"/> of its own.</summary>
    private const double MaxExact = 1L << 53;

    public override long Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Number && !reader.TryGetInt64(out _) && reader.TryGetDouble(out var number)
        && double.IsInteger(number) && Math.Abs(number) <= MaxExact
            ? (long)number
            : reader.GetInt64();

    public override void Write(Utf8JsonWriter writer, long value, JsonSerializerOptions options) => writer.WriteNumberValue(value);
}
