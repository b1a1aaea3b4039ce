using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>OpenAI's rules for a response, and what a gateway with a short memory cannot do.</summary>
internal sealed class CreateResponseRequestValidator : FirstFailureValidator<CreateResponseRequest>
{
    protected override RuleFailure? FirstFailure(CreateResponseRequest request) =>
        GenerationRules.Model(request.Model)
        ?? Memory(request)
        ?? ResponseInputRules.FirstFailure(request)
        ?? Rules.Range(FieldRanges.Temperature, request.Temperature)
        ?? Rules.Range(FieldRanges.TopP, request.TopP)
        ?? Rules.Range(FieldRanges.MaxOutputTokens, request.MaxOutputTokens)
        ?? Rules.Range(FieldRanges.TopLogprobs, request.TopLogprobs)
        ?? Format(request.Text)
        ?? ResponseToolRules.FirstFailure(request)
        ?? Echoed(request)
        ?? GenerationRules.Think(request.Think)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? Memory(CreateResponseRequest request) => request switch
    {
        { Conversation: not null } => new(
            "conversation",
            "This gateway stores no conversations: send previous_response_id, or the conversation so far as input items."),
        { Prompt: not null } => new("prompt", "This gateway has no prompt templates: send instructions and input."),
        { Background: true } => new(
            "background", "This gateway does not run responses in the background."),
        _ => null,
    };

    private static RuleFailure? Format(ResponseTextParam? text) => text?.Format switch
    {
        null => null,
        { Type: var type } when !ResponseFormatTypes.IsKnown(type) =>
            new("text.format.type", "text.format.type must be text, json_object or json_schema."),
        { Type: ResponseFormatTypes.Schema, Schema: not { ValueKind: JsonValueKind.Object } } =>
            new("text.format.schema", "A json_schema format needs its schema, a JSON object."),
        _ => null,
    };

    /// <summary>Clients read these in the answer, so they must have the type that stands there.</summary>
    private static RuleFailure? Echoed(CreateResponseRequest request)
    {
        if (request.Metadata is { } metadata
            && (metadata.ValueKind != JsonValueKind.Object
                || metadata.EnumerateObject().Any(member => member.Value.ValueKind != JsonValueKind.String)))
        {
            return new("metadata", "metadata must be an object of strings.");
        }

        return request.Truncation is null or "auto" or "disabled"
            ? null
            : new("truncation", "truncation must be auto or disabled.");
    }
}
