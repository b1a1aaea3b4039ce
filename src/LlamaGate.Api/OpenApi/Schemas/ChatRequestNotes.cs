using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The requests of a chat: its validator's rules as a schema.</summary>
internal static class ChatRequestNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<ChatCompletionRequest>()
            .Says("The body of a chat. Other fields are ignored and listed in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model, r => r.Messages)
            .Items(r => r.Messages, 1)
            .Ranges(
                FieldRanges.Temperature, FieldRanges.TopP, FieldRanges.FrequencyPenalty, FieldRanges.PresencePenalty,
                FieldRanges.MaxCompletionTokens, FieldRanges.MaxTokens, FieldRanges.Choices, FieldRanges.TopLogprobs)
            .Words(r => r.ReasoningEffort, "none", "minimal", "low", "medium", "high", "xhigh", "max", "ultra")
            .Is(r => r.Reasoning, _ => Schema.ObjectOf(("effort", Schema.String)))
            .Is(r => r.Stop, _ => GenerationSchemas.StopSequences)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Think, _ => GenerationSchemas.Think)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<ChatCompletionRequestMessage>()
            .Requires(m => m.Role)
            .Words(m => m.Role, "system", "developer", "user", "assistant", "tool", "function"),
        new ContractNotes<MessageContent>()
            .Says("A string, or an array of parts: text and, for vision models, images.")
            .Is(context => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.Of<MessageContentPart>(context)))),
        new ContractNotes<MessageContentPart>()
            .Requires(p => p.Type)
            .Words(p => p.Type, "text", "image_url", "refusal")
            .Is(p => p.ImageUrl, context => Schema.AnyOf(Schema.Of<ImageUrlParam>(context), Schema.String)),
        new ContractNotes<ImageUrlParam>().Requires(i => i.Url),
        new ContractNotes<ResponseFormatParam>()
            .Requires(f => f.Type)
            .Words(f => f.Type, "text", "json_object", "json_schema")
            .Is(f => f.Schema, _ => Schema.FreeForm),
        new ContractNotes<JsonSchemaParam>().Requires(s => s.Schema).Is(s => s.Schema, _ => Schema.FreeForm),
        new ContractNotes<ToolParam>().Requires(t => t.Type, t => t.Function).Words(t => t.Type, ToolChoice.Function),
        new ContractNotes<FunctionParam>().Requires(f => f.Name).Is(f => f.Parameters, _ => Schema.FreeForm),
        new ContractNotes<ToolChoice>()
            .Says("`auto`, `none`, `required`, or the one function to call; the legacy form names it without `function`.")
            .Is(_ => Schema.AnyOf(
                Schema.OneOfWords(ToolChoice.Auto, ToolChoice.None, ToolChoice.Required),
                Schema.ObjectOf(
                    ("type", Schema.OneOfWords(ToolChoice.Function)), ("function", Schema.ObjectOf(("name", Schema.String)))),
                Schema.ObjectOf(("name", Schema.String)))),
        new ContractNotes<ToolCallParam>().Requires(c => c.Function).Words(c => c.Type, ToolChoice.Function),
        new ContractNotes<FunctionCallParam>().Requires(c => c.Name).Is(c => c.Arguments, _ => GenerationSchemas.CallArguments),
    ];
}
