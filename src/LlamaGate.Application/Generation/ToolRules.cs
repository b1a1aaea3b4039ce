using System.Text.Json;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Generation;

/// <summary>Rules for the functions offered as tools, and for tool choice.</summary>
internal static class ToolRules
{
    /// <summary>A function must have a name, and parameters that are a schema.</summary>
    public static RuleFailure? Function(string? name, JsonElement? parameters, string path)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            return new($"{path}.name", "A function needs a name.");
        }

        return parameters is { ValueKind: not JsonValueKind.Object }
            ? new($"{path}.parameters", "A function's parameters must be a JSON schema, an object.")
            : null;
    }

    /// <summary>A function that must be called must be among those offered.</summary>
    public static RuleFailure? Choice(ToolChoice? choice, string param, IEnumerable<string?>? offered) => choice?.Mode switch
    {
        null or ToolChoice.Auto or ToolChoice.None => null,
        ToolChoice.Required => offered?.Any(name => choice.AllowedNames is not { } allowed || (name is not null && allowed.Contains(name))) is true
            ? null
            : new(param, $"{param} can require a call only if tools are offered."),
        ToolChoice.Function when choice.Name is { } name => offered?.Contains(name, StringComparer.Ordinal) is true
            ? null
            : new(param, $"{param} names a function that was not offered."),
        _ => new(param, $"{param} must be auto, none, required or a named function."),
    };
}
