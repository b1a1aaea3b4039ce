using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
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
    /// <summary>message (also when absent and there is a role), function_call, function_call_output or reasoning.</summary>
    public string? Type { get; set; }

    /// <summary>On a message: system, developer, user or assistant.</summary>
    public string? Role { get; set; }

    /// <summary>On a message: a text or parts.</summary>
    [JsonConverter(typeof(ResponseContentConverter))]
    public ResponseContent? Content { get; set; }

    /// <summary>Ties a function_call to its function_call_output.</summary>
    public string? CallId { get; set; }

    /// <summary>On a function_call: the function.</summary>
    public string? Name { get; set; }

    /// <summary>On a function_call: a JSON object as a string.</summary>
    public string? Arguments { get; set; }

    /// <summary>On a function_call_output: a text or parts.</summary>
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

    protected override ResponseInput OfList(IReadOnlyList<ResponseInputItem?> list) => new() { Items = list };

    protected override Utf8Text TextOf(ResponseInput value) => value.Text.GetValueOrDefault();

    protected override IReadOnlyList<ResponseInputItem?>? ListOf(ResponseInput value) => value.Items;

    protected override JsonTypeInfo<IReadOnlyList<ResponseInputItem?>> ListType(JsonSerializerOptions options) =>
        ResponsesJsonContext.Of(options).IReadOnlyListResponseInputItem!;
}
