using System.Text.Json;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// The format that a chat's answer must have. A schema is in <c>json_schema.schema</c>, or next to the type, where clients of local
/// servers put it.
/// </summary>
internal static class ChatFormat
{
    public static ResponseFormat? ToFormat(ResponseFormatParam? format) =>
        format?.Type is ResponseFormatTypes.JsonObject or ResponseFormatTypes.Schema ? new ResponseFormat(SchemaOf(format)) : null;

    /// <summary>The schema that applies; null when there is none.</summary>
    public static JsonElement? SchemaOf(ResponseFormatParam format) => format switch
    {
        { Type: ResponseFormatTypes.Schema, JsonSchema.Schema: { ValueKind: JsonValueKind.Object } schema } => schema,
        { Type: ResponseFormatTypes.Schema or ResponseFormatTypes.JsonObject, Schema: { ValueKind: JsonValueKind.Object } schema } => schema,
        _ => null,
    };
}
