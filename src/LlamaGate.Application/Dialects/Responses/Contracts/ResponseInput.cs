using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>What is asked: a string, or items. Exactly one of the two is set.</summary>
public sealed record ResponseInput
{
    public Utf8Text? Text { get; set; }

    public IReadOnlyList<ResponseInputItem?>? Items { get; set; }
}

/// <summary>One item of the input. Its <c>type</c> determines which of the other members it has.</summary>
public sealed record ResponseInputItem
{
    /// <summary>
    /// message (also when absent and there is a role), reasoning, additional_tools, configuration_update, item_reference; function_call, custom_tool_call, tool_search_call,
    /// shell_call, local_shell_call, and the output of each: function_call_output, custom_tool_call_output, tool_search_output,
    /// shell_call_output, local_shell_call_output. An item of another type is left out and named in <c>X-LlamaGate-Ignored</c>.
    /// </summary>
    public string? Type { get; set; }

    /// <summary>On an item_reference: the item of an earlier response. No effect on others.</summary>
    public string? Id { get; set; }

    /// <summary>On a message: system, developer, user or assistant.</summary>
    public string? Role { get; set; }

    /// <summary>On a message: a string or parts.</summary>
    [JsonConverter(typeof(ResponseContentConverter))]
    public ResponseContent? Content { get; set; }

    /// <summary>Ties a call to its output.</summary>
    public string? CallId { get; set; }

    /// <summary>On a function_call or custom_tool_call: the function or tool.</summary>
    public string? Name { get; set; }

    /// <summary>On a function_call or custom_tool_call: the namespace that holds the function or tool.</summary>
    public string? Namespace { get; set; }

    /// <summary>
    /// On a function_call: a JSON object as a string. Any other text reaches the model as <c>{"arguments":…}</c>. On a tool_search_call:
    /// an object.
    /// </summary>
    [JsonConverter(typeof(ToolArgumentsConverter))]
    public string? Arguments { get; set; }

    /// <summary>On a custom_tool_call: the tool's input; the model gets it as <c>{"input":…}</c>.</summary>
    public string? Input { get; set; }

    /// <summary>On a shell_call or local_shell_call: the commands.</summary>
    public JsonElement? Action { get; set; }

    /// <summary>On a tool_search_call or tool_search_output: who searches. No effect.</summary>
    public string? Execution { get; set; }

    /// <summary>On a tool_search_output: the tools that were found; on additional_tools: more tools. They are offered from then on.</summary>
    public IReadOnlyList<ResponseTool?>? Tools { get; set; }

    /// <summary>
    /// On another output: a string or parts, images among them. On a shell_call_output: for each command stdout, stderr and outcome.
    /// </summary>
    [JsonConverter(typeof(ResponseContentConverter))]
    public ResponseContent? Output { get; set; }

    /// <summary>On a reasoning item: the model's thoughts.</summary>
    public IReadOnlyList<ResponseContentPart?>? Summary { get; set; }

    /// <summary>On a reasoning item without a summary: the model's thoughts, if this gateway returned them. Otherwise no effect.</summary>
    public string? EncryptedContent { get; set; }

    /// <summary>On a configuration_update: how much a thinking model thinks from then on.</summary>
    [JsonConverter(typeof(ResponseReasoningConverter))]
    public ResponseReasoning? Reasoning { get; set; }

    /// <summary>On a configuration_update: the format of the answer's text from then on.</summary>
    [JsonConverter(typeof(ResponseTextParamConverter))]
    public ResponseTextParam? Text { get; set; }

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

            items.Add(NestedContractException.Read(
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
