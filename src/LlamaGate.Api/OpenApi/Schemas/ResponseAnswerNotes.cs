using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>The answers of responses.</summary>
internal static class ResponseAnswerNotes
{
    public static IReadOnlyList<ContractNotes> All { get; } =
    [
        new ContractNotes<ResponseObject>()
            .Words(r => r.Object, "response")
            .Words(
                r => r.Status, ResponseObject.InProgress, ResponseObject.Completed, ResponseObject.Incomplete, ResponseObject.Failed)
            .Words(r => r.Truncation, "disabled")
            .Is(r => r.ToolChoice, _ => ResponseRequestNotes.ToolChoice)
            .Is(r => r.Metadata, _ => Schema.FreeForm),
        new ContractNotes<IncompleteDetails>().Words(d => d.Reason, "max_output_tokens"),
        new ContractNotes<ResponseOutputItem>()
            .Says("The model's thoughts, text, or calls.")
            .Is(context => Schema.AnyOf(
                Schema.Of<ResponseReasoningItem>(context),
                Schema.Of<ResponseOutputMessage>(context),
                Schema.Of<ResponseFunctionCall>(context),
                Schema.Of<ResponseCustomToolCall>(context),
                Schema.Of<ResponseToolSearchCall>(context),
                Schema.Of<ResponseShellCall>(context))),
        new ContractNotes<ResponseReasoningItem>().Words(i => i.Type, "reasoning"),
        new ContractNotes<ResponseOutputMessage>().Words(i => i.Type, "message").Words(i => i.Role, "assistant"),
        new ContractNotes<ResponseFunctionCall>().Words(i => i.Type, "function_call"),
        new ContractNotes<ResponseCustomToolCall>().Words(i => i.Type, "custom_tool_call"),
        new ContractNotes<ResponseToolSearchCall>()
            .Words(i => i.Type, "tool_search_call")
            .Words(i => i.Execution, "client")
            .Is(i => i.Arguments, _ => Schema.FreeForm),
        new ContractNotes<ResponseShellCall>().Words(i => i.Type, "shell_call"),
        new ContractNotes<ResponseOutputPart>().Words(p => p.Type, "output_text", "summary_text"),
    ];
}
