using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Dialects;

/// <summary>An endpoint's names for the parts of a request that the domain knows.</summary>
public interface IFieldNames
{
    /// <summary>The field's name or path; null where the endpoint has no such field.</summary>
    /// <param name="optionName">With <see cref="RequestField.Option"/>: Ollama's name for the option.</param>
    static abstract string? Spell(RequestField field, string? optionName);
}
