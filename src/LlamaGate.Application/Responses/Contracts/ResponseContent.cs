using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Responses.Contracts;

/// <summary>An item's content: a text, or parts. Exactly one of the two is set.</summary>
public sealed record ResponseContent
{
    public string? Text { get; init; }

    public IReadOnlyList<ResponseContentPart?>? Parts { get; init; }
}

/// <summary>One part of an item's content or summary.</summary>
public sealed record ResponseContentPart
{
    /// <summary>input_text, output_text, input_image or refusal; summary_text or reasoning_text in a reasoning item.</summary>
    public string? Type { get; init; }

    public string? Text { get; init; }

    public string? Refusal { get; init; }

    /// <summary>On an input_image: a <c>data:</c> URI.</summary>
    public string? ImageUrl { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class ResponseContentConverter : JsonConverter<ResponseContent>
{
    public override ResponseContent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType switch
        {
            JsonTokenType.String => new ResponseContent { Text = reader.GetString() },
            JsonTokenType.StartArray => new ResponseContent
            {
                Parts = NestedContractException.Read(ref reader, ResponsesJsonContext.Of(options).IReadOnlyListResponseContentPart),
            },
            _ => throw new ContractException("this must be a string or an array of parts."),
        };

    public override void Write(Utf8JsonWriter writer, ResponseContent value, JsonSerializerOptions options)
    {
        if (value.Parts is { } parts)
        {
            JsonSerializer.Serialize(writer, parts, ResponsesJsonContext.Of(options).IReadOnlyListResponseContentPart);
        }
        else
        {
            writer.WriteStringValue(value.Text);
        }
    }
}
