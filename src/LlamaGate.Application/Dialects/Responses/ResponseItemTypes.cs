using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The input items that a model can be given. Items of other types are left out and named.</summary>
internal static class ResponseItemTypes
{
    public const string Message = "message";
    public const string FunctionCall = "function_call";
    public const string FunctionCallOutput = "function_call_output";
    public const string CustomToolCall = "custom_tool_call";
    public const string CustomToolCallOutput = "custom_tool_call_output";
    public const string ToolSearchCall = "tool_search_call";
    public const string ToolSearchOutput = "tool_search_output";
    public const string ShellCall = "shell_call";
    public const string ShellCallOutput = "shell_call_output";
    public const string LocalShellCall = "local_shell_call";
    public const string LocalShellCallOutput = "local_shell_call_output";
    public const string Reasoning = "reasoning";

    /// <summary>Offers tools from then on.</summary>
    public const string AdditionalTools = "additional_tools";

    /// <summary>Changes settings from then on: see <see cref="ResponseConfiguration"/>.</summary>
    public const string ConfigurationUpdate = "configuration_update";

    /// <summary>Stands for an item of an earlier response.</summary>
    public const string ItemReference = "item_reference";

    /// <summary>Asks for a summary of the conversation that only OpenAI's models can read again.</summary>
    public const string CompactionTrigger = "compaction_trigger";

    /// <summary>OpenAI's "easy" messages have a role and no type, and a reference may have its id only.</summary>
    public static string? Of(ResponseInputItem item) => item switch
    {
        { Type: { } type } => type,
        { Role: not null } => Message,
        { Id: not null } => ItemReference,
        _ => null,
    };

    /// <summary>The call to which an item belongs; null for a search of OpenAI's own, which nobody answers.</summary>
    public static string? CallOf(ResponseInputItem item) =>
        // The output of a local shell has it as its own id.
        item.CallId ?? (item.Type == LocalShellCallOutput ? item.Id : null);

    public static bool IsKnown(string type) =>
        type is Message or Reasoning or AdditionalTools or ConfigurationUpdate or ItemReference || IsCall(type) || IsOutput(type);

    public static bool IsCall(string? type) => type is FunctionCall or CustomToolCall or ToolSearchCall or ShellCall or LocalShellCall;

    public static bool IsOutput(string? type) =>
        type is FunctionCallOutput or CustomToolCallOutput or ToolSearchOutput or ShellCallOutput or LocalShellCallOutput;
}
