using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Embeddings;

/// <summary>The names of the fields of a request for embeddings.</summary>
public sealed class EmbeddingFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Model => "model",
        RequestField.Prompt => "input",
        RequestField.Dimensions => "dimensions",
        RequestField.KeepAlive => "keep_alive",
        RequestField.Option => $"options.{optionName}",
        _ => null,
    };
}
