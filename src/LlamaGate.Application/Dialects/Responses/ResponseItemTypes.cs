using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The input items that a gateway without a memory can take.</summary>
internal static class ResponseItemTypes
{
    public const string Message = "message";
    public const string FunctionCall = "function_call";
    public const string FunctionCallOutput = "function_call_output";
    public const string Reasoning = "reasoning";

    /// <summary>Refused: it names what was stored.</summary>
    public const string ItemReference = "item_reference";

    /// <summary>OpenAI's "easy" messages have a role and no type.</summary>
    public static string? Of(ResponseInputItem item) => item.Type ?? (item.Role is null ? null : Message);
}
