using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>OpenAI's rules for a chat.</summary>
internal sealed class ChatCompletionRequestValidator : FirstFailureValidator<ChatCompletionRequest>
{
    protected override RuleFailure? FirstFailure(ChatCompletionRequest request) =>
        GenerationRules.Model(request.Model)
        ?? ChatMessageRules.FirstFailure(request.Messages)
        ?? Rules.Range(FieldRanges.Temperature, request.Temperature)
        ?? Rules.Range(FieldRanges.TopP, request.TopP)
        ?? Rules.Range(FieldRanges.FrequencyPenalty, request.FrequencyPenalty)
        ?? Rules.Range(FieldRanges.PresencePenalty, request.PresencePenalty)
        ?? Rules.Range(FieldRanges.MaxCompletionTokens, request.MaxCompletionTokens)
        ?? Rules.Range(FieldRanges.MaxTokens, request.MaxTokens)
        ?? Rules.Range(FieldRanges.Choices, request.N)
        ?? Rules.Range(FieldRanges.TopLogprobs, request.TopLogprobs)
        ?? Alternatives(request)
        ?? Format(request.ResponseFormat)
        ?? ChatToolRules.FirstFailure(request)
        ?? GenerationRules.Stop(request.Stop)
        ?? GenerationRules.Think(request.Think)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? Alternatives(ChatCompletionRequest request) =>
        request.TopLogprobs is not null && request.Logprobs is not true
            ? new("top_logprobs", "top_logprobs needs logprobs to be true.")
            : null;

    private static RuleFailure? Format(ResponseFormatParam? format) => format switch
    {
        null => null,
        { Type: var type } when !ResponseFormatTypes.IsKnown(type) =>
            new("response_format.type", "response_format.type must be text, json_object or json_schema."),
        { Type: ResponseFormatTypes.Schema } when ChatFormat.SchemaOf(format) is null =>
            new("response_format.json_schema.schema", "A json_schema response format needs its schema, a JSON object."),
        _ => null,
    };
}
