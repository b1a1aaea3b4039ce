using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The input items that can be told to a model. Items of other types are left out and named.</summary>
internal static class ResponseItemTypes
{
    public const string Message = "message";
    public const string FunctionCall = "function_call";
    public const string FunctionCallOutput = "function_call_output";
    public const string CustomToolCall = "custom_tool_call";
    public const string CustomToolCallOutput = "custom_tool_call_output";
    public const string Reasoning = "reasoning";

    /// <summary>Stands for an item of an earlier response.</summary>
    public const string ItemReference = "item_reference";

    /// <summary>OpenAI's "easy" messages have a role and no type, and a reference may have its id only.</summary>
    public static string? Of(ResponseInputItem item) => item switch
    {
        { Type: { } type } => type,
        { Role: not null } => Message,
        { Id: not null } => ItemReference,
        _ => null,
    };

    public static bool IsKnown(string type) => type
        is Message or FunctionCall or FunctionCallOutput or CustomToolCall or CustomToolCallOutput or Reasoning or ItemReference;
}
