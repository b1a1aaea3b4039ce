using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>The names of a chat's fields.</summary>
public sealed class ChatCompletionFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Model => "model",
        RequestField.Prompt => "messages",
        RequestField.Tools => "tools",
        RequestField.Format => "response_format",
        RequestField.Effort => "reasoning_effort",
        RequestField.Think => "think",
        RequestField.ToolImages => "messages[].content[].image_url",
        RequestField.KeepAlive => "keep_alive",
        RequestField.Option => $"options.{optionName}",
        _ => null,
    };
}
