using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Accounts;

/// <summary>Errors name the parameters of a query for usage themselves.</summary>
internal sealed class UsageFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => null;
}
