using LlamaGate.Application.Dialects;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Admin;

/// <summary>The parameters in the administration's paths.</summary>
internal sealed class AdminFields : IFieldNames
{
    public static string? Spell(RequestField field, string? optionName) => field switch
    {
        RequestField.Host => "host",
        RequestField.Model => "model",
        RequestField.Call => "id",
        _ => null,
    };
}
