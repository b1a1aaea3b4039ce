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
        ?? Rules.Range("temperature", request.Temperature, 0, 2)
        ?? Rules.Range("top_p", request.TopP, 0, 1)
        ?? Rules.Range("frequency_penalty", request.FrequencyPenalty, -2, 2)
        ?? Rules.Range("presence_penalty", request.PresencePenalty, -2, 2)
        ?? Rules.Range("max_completion_tokens", request.MaxCompletionTokens, 1, int.MaxValue)
        ?? Rules.Range("max_tokens", request.MaxTokens, 1, int.MaxValue)
        ?? Rules.Range("n", request.N, 1, 8)
        ?? Rules.Range("top_logprobs", request.TopLogprobs, 0, 20)
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
