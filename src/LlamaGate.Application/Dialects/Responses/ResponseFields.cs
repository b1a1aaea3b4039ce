using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The names of the fields of a request for a response.</summary>
public sealed class ResponseFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Model => "model",
        RequestField.Prompt => "input",
        RequestField.Tools => "tools",
        RequestField.ToolImages => "input[].output[].input_image",
        RequestField.Format => "text.format",
        RequestField.Effort => "reasoning.effort",
        RequestField.Think => "think",
        RequestField.KeepAlive => "keep_alive",
        RequestField.Option => $"options.{optionName}",
        _ => null,
    };
}
