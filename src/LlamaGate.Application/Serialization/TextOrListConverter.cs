using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Serialization;

/// <summary>Reads a value that an API allows as a string or an array, and writes it in its original form.</summary>
/// <param name="expected">The text for the caller when the value is neither.</param>
internal abstract class TextOrListConverter<TUnion, TItem>(string expected) : JsonConverter<TUnion>
    where TUnion : class
{
    public sealed override TUnion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => OfText(Utf8TextConverter.Read(ref reader)),
            JsonTokenType.StartArray => OfList(ReadList(ref reader, options)),
            _ => OfOther(ref reader),
        };

    public sealed override void Write(Utf8JsonWriter writer, TUnion value, JsonSerializerOptions options)
    {
        if (ListOf(value) is { } list)
        {
            JsonSerializer.Serialize(writer, list, ListType(options));
        }
        else
        {
            writer.WriteStringValue(TextOf(value).Bytes.Span);
        }
    }

    protected virtual IReadOnlyList<TItem> ReadList(ref Utf8JsonReader reader, JsonSerializerOptions options) =>
        NestedContractException.Read(ref reader, ListType(options))!;

    /// <summary>A value that is neither: refused, unless the API has a meaning for it.</summary>
    protected virtual TUnion OfOther(ref Utf8JsonReader reader) => throw new ContractException(expected);

    protected abstract TUnion OfText(Utf8Text text);

    protected abstract TUnion OfList(IReadOnlyList<TItem> list);

    protected abstract Utf8Text TextOf(TUnion value);

    protected abstract IReadOnlyList<TItem>? ListOf(TUnion value);

    protected abstract JsonTypeInfo<IReadOnlyList<TItem>> ListType(JsonSerializerOptions options);
}
