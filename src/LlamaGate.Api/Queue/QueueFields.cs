using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Queue;

/// <summary>A request for the queue has no fields.</summary>
internal sealed class QueueFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => null;
}
