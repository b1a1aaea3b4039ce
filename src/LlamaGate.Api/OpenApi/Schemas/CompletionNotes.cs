using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The requests and answers of completions.</summary>
internal static class CompletionNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<CreateCompletionRequest>()
            .Says("The body of a completion. Other fields are ignored and listed in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model, r => r.Prompt)
            .Ranges(
                FieldRanges.MaxTokens, FieldRanges.Temperature, FieldRanges.TopP, FieldRanges.FrequencyPenalty,
                FieldRanges.PresencePenalty, FieldRanges.Choices, FieldRanges.BestOf, FieldRanges.Logprobs)
            .Is(r => r.Stop, _ => GenerationSchemas.StopSequences)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Think, _ => GenerationSchemas.Think)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<TextInput>()
            .Says("A string, or an array of strings. Token arrays are refused, because Ollama accepts only text.")
            .Is(_ => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.String, least: 1))),
        new ContractNotes<Completion>()
            .Words(c => c.Object, "text_completion"),
        new ContractNotes<CompletionChoice>().Words(c => c.FinishReason, "stop", "length", "error"),
    ];
}
