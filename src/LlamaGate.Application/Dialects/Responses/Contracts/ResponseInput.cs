using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>What is asked: a text, or items. Exactly one of the two is set.</summary>
public sealed record ResponseInput
{
    public Utf8Text? Text { get; set; }

    public IReadOnlyList<ResponseInputItem?>? Items { get; set; }
}

/// <summary>One item of the input, whatever its type; which members belong to which type is the validator's business.</summary>
public sealed record ResponseInputItem
{
    /// <summary>
    /// message (also when absent and there is a role), function_call, function_call_output, custom_tool_call, custom_tool_call_output,
    /// reasoning or item_reference. An item of another type is left out and named in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>On an item_reference: the item of an earlier response. No effect on others.</summary>
    public string? Id { get; set; }

    /// <summary>On a message: system, developer, user or assistant.</summary>
    public string? Role { get; set; }

    /// <summary>On a message: a text or parts.</summary>
    [JsonConverter(typeof(ResponseContentConverter))]
    public ResponseContent? Content { get; set; }

    /// <summary>Ties a function_call to its function_call_output.</summary>
    public string? CallId { get; set; }

    /// <summary>On a function_call: the function.</summary>
    public string? Name { get; set; }

    /// <summary>On a function_call: a JSON object as a string. Any other text reaches the model as <c>{"arguments":…}</c>.</summary>
    [JsonConverter(typeof(ToolArgumentsConverter))]
    public string? Arguments { get; set; }

    /// <summary>On a custom_tool_call: what the tool was told; it reaches the model as <c>{"input":…}</c>.</summary>
    public string? Input { get; set; }

    /// <summary>On a function_call_output or custom_tool_call_output: a text or parts, images among them.</summary>
    [JsonConverter(typeof(ResponseContentConverter))]
    public ResponseContent? Output { get; set; }

    /// <summary>On a reasoning item: what the model thought.</summary>
    public IReadOnlyList<ResponseContentPart?>? Summary { get; set; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class ResponseInputConverter()
    : TextOrListConverter<ResponseInput, ResponseInputItem?>("input must be a string or an array of items.")
{
    protected override ResponseInput OfText(Utf8Text text) => new() { Text = text };

    /// <summary>Item by item: of a type that is not known, no member is read, since nobody knows what they hold.</summary>
    protected override IReadOnlyList<ResponseInputItem?> ReadList(ref Utf8JsonReader reader, JsonSerializerOptions options)
    {
        var items = new List<ResponseInputItem?>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (FindType(reader) is { } type && !ResponseItemTypes.IsKnown(type))
            {
                reader.Skip();
                items.Add(new ResponseInputItem { Type = type });
                continue;
            }

            items.Add(NestedContractException.ReadElement(
                ref reader, ResponsesJsonContext.Of(options).ResponseInputItem, items.Count));
        }

        return items;
    }

    protected override ResponseInput OfList(IReadOnlyList<ResponseInputItem?> list) => new() { Items = list };

    protected override Utf8Text TextOf(ResponseInput value) => value.Text.GetValueOrDefault();

    protected override IReadOnlyList<ResponseInputItem?>? ListOf(ResponseInput value) => value.Items;

    protected override JsonTypeInfo<IReadOnlyList<ResponseInputItem?>> ListType(JsonSerializerOptions options) =>
        ResponsesJsonContext.Of(options).IReadOnlyListResponseInputItem!;

    /// <param name="reader">A copy, at the item's beginning.</param>
    private static string? FindType(Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isType = reader.ValueTextEquals("type"u8);
            reader.Read();
            if (isType)
            {
                return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
            }

            reader.Skip();
        }

        return null;
    }
}
