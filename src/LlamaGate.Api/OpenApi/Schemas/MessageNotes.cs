using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Validation;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>What callers send as messages, and what is answered.</summary>
internal static class MessageNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<CreateMessageRequest>()
            .Says("The body of a message. Other fields are ignored and listed in `X-LlamaGate-Ignored`.")
            .Requires(r => r.Model, r => r.MaxTokens, r => r.Messages)
            .Items(r => r.Messages, 1)
            .Ranges(FieldRanges.MaxTokens, FieldRanges.UnitTemperature, FieldRanges.TopP, FieldRanges.TopK)
            .Is(r => r.StopSequences, _ => StopSequences)
            .Is(r => r.KeepAlive, _ => GenerationSchemas.KeepAlive)
            .Is(r => r.Options, _ => Schema.FreeForm),
        new ContractNotes<CountTokensRequest>()
            .Says("The body of an estimate: the part of a message's body that the model gets.")
            .Requires(r => r.Model, r => r.Messages)
            .Items(r => r.Messages, 1),
        new ContractNotes<MessageParam>().Requires(m => m.Role).Words(m => m.Role, "user", "assistant", "system"),
        new ContractNotes<MessageText>()
            .Says("A string, or an array of blocks.")
            .Is(context => Schema.AnyOf(Schema.String, Schema.ArrayOf(Schema.Of<ContentBlock>(context)))),
        new ContractNotes<ContentBlock>().Requires(b => b.Type).Is(b => b.Input, _ => Schema.FreeForm),
        new ContractNotes<MessageTool>().Is(t => t.InputSchema, _ => Schema.FreeForm),
        new ContractNotes<MessageToolChoice>().Requires(c => c.Type).Words(c => c.Type, "auto", "any", "tool", "none"),
        new ContractNotes<MessageThinking>().Requires(t => t.Type).Words(t => t.Type, "enabled", "adaptive", "disabled"),
        new ContractNotes<MessageFormat>()
            .Requires(f => f.Type, f => f.Schema)
            .Words(f => f.Type, "json_schema")
            .Is(f => f.Schema, _ => Schema.FreeForm),
        new ContractNotes<MessageAnswer>().Words(a => a.Type, "message").Words(a => a.Role, "assistant"),
        new ContractNotes<MessageBlock>()
            .Words(b => b.Type, "thinking", "text", "tool_use", "server_tool_use", "web_search_tool_result", "web_fetch_tool_result")
            .Is(b => b.Input, _ => Schema.FreeForm),
        new ContractNotes<MessageStreamDelta>().Is(d => d.StopSequence, _ => Schema.Null),
    ];

    private static OpenApiSchema StopSequences
    {
        get
        {
            var texts = Schema.ArrayOf(Schema.String);
            texts.MaxItems = FieldRanges.MaxStopSequences;
            return texts;
        }
    }
}
