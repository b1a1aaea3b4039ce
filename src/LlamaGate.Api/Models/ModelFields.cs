using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Models;

/// <summary>A request for a model has no body; its only field is the name in the path.</summary>
internal sealed class ModelFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field is RequestField.Model ? "model" : null;
}
