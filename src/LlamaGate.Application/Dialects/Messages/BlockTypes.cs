namespace LlamaGate.Application.Dialects.Messages;

/// <summary>The types of blocks that have an effect.</summary>
internal static class BlockTypes
{
    public const string Text = "text";
    public const string Image = "image";
    public const string Document = "document";
    public const string SearchResult = "search_result";
    public const string ToolUse = "tool_use";
    public const string ToolResult = "tool_result";
    public const string ToolReference = "tool_reference";
    public const string ToolAddition = "tool_addition";
    public const string ToolRemoval = "tool_removal";
    public const string Thinking = "thinking";

    /// <summary>A thought that only Anthropic can read; it is skipped.</summary>
    public const string RedactedThinking = "redacted_thinking";

    public static bool IsKnownIn(string? role, string? type) => type switch
    {
        Text => true,
        Image or Document or SearchResult or ToolResult => role == MessageRoles.User,
        ToolAddition or ToolRemoval => role == MessageRoles.System,
        ToolUse or Thinking or RedactedThinking => role == MessageRoles.Assistant,
        _ => false,
    };

    public static bool IsKnownInResult(string? type) => type is Text or Image or Document or SearchResult or ToolReference;
}

/// <summary>The roles of messages.</summary>
internal static class MessageRoles
{
    public const string System = "system";
    public const string User = "user";
    public const string Assistant = "assistant";
}
