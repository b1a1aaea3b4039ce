using LlamaGate.Application.Dialects.Completions.Contracts;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>What callers send to completions, and what these answer.</summary>
internal static class CompletionNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<CreateCompletionRequest>()
            .Says("The body of a completion. Fields that are not listed are tolerated and named in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model, r => r.Prompt)
            .Range(r => r.MaxTokens, "1")
            .Range(r => r.Temperature, "0", "2")
            .Range(r => r.TopP, "0", "1")
            .Range(r => r.FrequencyPenalty, "-2", "2")
            .Range(r => r.PresencePenalty, "-2", "2")
            .Range(r => r.N, "1", "8")
            .Range(r => r.BestOf, "1", "20")
            .Range(r => r.Logprobs, "0", "5")
            .Is(r => r.Stop, _ => GenerationSchemas.StopSequences)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Think, _ => GenerationSchemas.Think)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<TextInput>()
            .Says("A text, or an array of texts. Token arrays are refused, since Ollama takes text only.")
            .Is(_ => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.String))),
        new ContractNotes<Completion>()
            .Words(c => c.Object, "text_completion"),
        new ContractNotes<CompletionChoice>().Words(c => c.FinishReason, "stop", "length"),
    ];
}
