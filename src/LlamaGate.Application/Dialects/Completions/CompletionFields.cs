using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects.Completions;

/// <summary>The names of a completion's fields.</summary>
public sealed class CompletionFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Model => "model",
        RequestField.Prompt => "prompt",
        RequestField.Suffix => "suffix",
        RequestField.Effort or RequestField.Think => "think",
        // A completion has no such field, but Ollama's error may be about one.
        RequestField.Format => "response_format",
        RequestField.Tools => "tools",
        RequestField.KeepAlive => "keep_alive",
        RequestField.Option => $"options.{optionName}",
        _ => null,
    };
}
