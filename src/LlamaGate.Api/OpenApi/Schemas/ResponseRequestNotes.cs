using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Validation;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The requests of responses: the validator's rules as a schema.</summary>
internal static class ResponseRequestNotes
{
    /// <summary>Unlike a chat's, which names the function one level deeper.</summary>
    public static OpenApiSchema ToolChoice => Schema.AnyOf(
        Schema.OneOfWords("auto", "none", "required"),
        Schema.ObjectOf(("type", Schema.OneOfWords("function", "custom")), ("name", Schema.String)),
        Schema.ObjectOf(("type", Schema.OneOfWords("allowed_tools")), ("mode", Schema.String), ("tools", Schema.ArrayOf(Schema.FreeForm))));

    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<CreateResponseRequest>()
            .Says("The body of a response. Other fields are ignored and listed in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model)
            .Ranges(
                FieldRanges.Temperature, FieldRanges.TopP, FieldRanges.MaxOutputTokens, FieldRanges.TopLogprobs)
            .Words(r => r.Truncation, "auto", "disabled")
            .Is(r => r.ToolChoice, _ => ToolChoice)
            .Is(r => r.StreamOptions, _ => Schema.FreeForm)
            .Is(r => r.Metadata, _ => Schema.FreeForm)
            .Is(r => r.ClientMetadata, _ => Schema.FreeForm)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Think, _ => GenerationSchemas.Think)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<ResponseInput>()
            .Says("A user's string, or items: messages, calls, their results, and thoughts.")
            .Is(context => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.Of<ResponseInputItem>(context)))),
        new ContractNotes<ResponseInputItem>()
            .Is(i => i.Arguments, _ => GenerationSchemas.CallArguments)
            .Words(i => i.Role, "system", "developer", "user", "assistant")
            .Is(i => i.Action, _ => Schema.FreeForm),
        new ContractNotes<ResponseContent>()
            .Says("A string, or an array of parts.")
            .Is(context => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.Of<ResponseContentPart>(context)))),
        new ContractNotes<ResponseContentPart>().Requires(p => p.Type),
        new ContractNotes<ResponseReasoning>().Words(r => r.Effort, "none", "minimal", "low", "medium", "high", "xhigh"),
        new ContractNotes<ResponseTextFormat>()
            .Requires(f => f.Type)
            .Words(f => f.Type, "text", "json_object", "json_schema")
            .Is(f => f.Schema, _ => Schema.FreeForm),
        new ContractNotes<ResponseTool>()
            .Requires(t => t.Type)
            .Is(t => t.Parameters, _ => Schema.FreeForm)
            .Is(t => t.Format, _ => Schema.FreeForm),
    ];
}
