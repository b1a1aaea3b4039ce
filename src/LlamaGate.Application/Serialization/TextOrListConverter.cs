using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace LlamaGate.Application.Serialization;

/// <summary>Reads what OpenAI lets be a string or an array, and writes it as what it was.</summary>
/// <param name="expected">What the caller is told when it is neither.</param>
internal abstract class TextOrListConverter<TUnion, TItem>(string expected) : JsonConverter<TUnion>
    where TUnion : class
{
    public sealed override TUnion Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => OfText(reader.GetString()!),
            JsonTokenType.StartArray => OfList(NestedContractException.Read(ref reader, ListType(options))!),
            _ => throw new ContractException(expected),
        };

    public sealed override void Write(Utf8JsonWriter writer, TUnion value, JsonSerializerOptions options)
    {
        if (ListOf(value) is { } list)
        {
            JsonSerializer.Serialize(writer, list, ListType(options));
        }
        else
        {
            writer.WriteStringValue(TextOf(value));
        }
    }

    protected abstract TUnion OfText(string text);

    protected abstract TUnion OfList(IReadOnlyList<TItem> list);

    protected abstract string? TextOf(TUnion value);

    protected abstract IReadOnlyList<TItem>? ListOf(TUnion value);

    protected abstract JsonTypeInfo<IReadOnlyList<TItem>> ListType(JsonSerializerOptions options);
}
