using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>The names of the fields of a request for a message.</summary>
public sealed class MessageFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Model => "model",
        RequestField.Prompt => "messages",
        RequestField.Tools => "tools",
        RequestField.ToolImages => "messages[].content[].content[].image",
        RequestField.Format => "output_config.format",
        RequestField.Effort or RequestField.Think => "thinking",
        RequestField.KeepAlive => "keep_alive",
        RequestField.Option => optionName switch
        {
            "num_predict" => "max_tokens",
            "temperature" or "top_p" or "top_k" => optionName,
            "stop" => "stop_sequences",
            _ => $"options.{optionName}",
        },
        _ => null,
    };
}
