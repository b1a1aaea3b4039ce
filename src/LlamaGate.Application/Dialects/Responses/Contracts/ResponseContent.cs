using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LlamaGate.Application.Serialization;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses.Contracts;

/// <summary>An item's content: a string, or parts. Exactly one of the two is set.</summary>
public sealed record ResponseContent
{
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; init; }

    public IReadOnlyList<ResponseContentPart?>? Parts { get; init; }
}

/// <summary>One part of an item's content or summary.</summary>
public sealed record ResponseContentPart
{
    /// <summary>input_text, output_text, input_image or refusal; summary_text or reasoning_text in a reasoning item.</summary>
    public string? Type { get; init; }

    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? Text { get; init; }

    public string? Refusal { get; init; }

    /// <summary>On an input_image: a <c>data:</c> URI.</summary>
    [JsonConverter(typeof(Utf8TextConverter))]
    public Utf8Text? ImageUrl { get; init; }

    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}

internal sealed class ResponseContentConverter()
    : TextOrListConverter<ResponseContent, ResponseContentPart?>("this must be a string or an array of parts.")
{
    protected override ResponseContent OfText(Utf8Text text) => new() { Text = text };

    protected override ResponseContent OfList(IReadOnlyList<ResponseContentPart?> list) => new() { Parts = list };

    protected override Utf8Text TextOf(ResponseContent value) => value.Text.GetValueOrDefault();

    protected override IReadOnlyList<ResponseContentPart?>? ListOf(ResponseContent value) => value.Parts;

    protected override JsonTypeInfo<IReadOnlyList<ResponseContentPart?>> ListType(JsonSerializerOptions options) =>
        ResponsesJsonContext.Of(options).IReadOnlyListResponseContentPart!;
}
