using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Anthropic's rules for a message.</summary>
internal sealed class CreateMessageRequestValidator : FirstFailureValidator<CreateMessageRequest>
{
    protected override RuleFailure? FirstFailure(CreateMessageRequest request) =>
        GenerationRules.Model(request.Model)
        ?? MaxTokens(request.MaxTokens)
        ?? MessageRules.FirstFailure(request)
        ?? Rules.Range(FieldRanges.UnitTemperature, request.Temperature)
        ?? Rules.Range(FieldRanges.TopP, request.TopP)
        ?? Rules.Range(FieldRanges.TopK, request.TopK)
        ?? Stop(request.StopSequences)
        ?? GenerationRules.KeepAlive(request.KeepAlive)
        ?? GenerationRules.Options(request.Options);

    private static RuleFailure? MaxTokens(int? tokens) => tokens is null
        ? new("max_tokens", "max_tokens is required: the most tokens to generate, 1 or more.")
        : Rules.Range(FieldRanges.MaxTokens, tokens);

    private static RuleFailure? Stop(IReadOnlyList<string>? stop) => stop switch
    {
        { Count: > FieldRanges.MaxStopSequences } =>
            new("stop_sequences", $"stop_sequences accepts at most {FieldRanges.MaxStopSequences} sequences."),
        not null when stop.Any(text => text is null) => new("stop_sequences", "stop_sequences must be an array of strings."),
        _ => null,
    };
}

/// <summary>The same rules for a conversation that is only counted.</summary>
internal sealed class CountTokensRequestValidator : FirstFailureValidator<CountTokensRequest>
{
    protected override RuleFailure? FirstFailure(CountTokensRequest request) => MessageRules.FirstFailure(request);
}
