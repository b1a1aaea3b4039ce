using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Which formats an answer's text can have, in a request and in an item that changes it.</summary>
internal static class ResponseTextRules
{
    public static RuleFailure? Format(ResponseTextParam? text, string path) => text?.Format switch
    {
        null => null,
        { Type: var type } when !ResponseFormatTypes.IsKnown(type) => new($"{path}.type", $"{path}.type must be text, json_object or json_schema."),
        { Type: ResponseFormatTypes.Schema, Schema: not { ValueKind: JsonValueKind.Object } } =>
            new($"{path}.schema", "A json_schema format needs its schema, a JSON object."),
        _ => null,
    };
}
