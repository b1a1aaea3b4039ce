using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
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
        ?? ResponseTextRules.Format(request.Text, "text.format")
        ?? ResponseToolRules.FirstFailure(request)
        ?? Echoed(request)
        ?? GenerationRules.Think(request.Think)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? Memory(CreateResponseRequest request) => request switch
    {
        { Conversation: not null } => new("conversation", ResponseHistory.NoConversations),
        { Prompt: not null } => new("prompt", "This gateway has no prompt templates: send instructions and input."),
        { Background: true } => new(
            "background", "This gateway does not run responses in the background."),
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
