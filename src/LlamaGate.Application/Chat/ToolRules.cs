using System.Text.Json;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Chat;

/// <summary>What may be offered as a tool and how its use may be governed.</summary>
internal static class ToolRules
{
    public static RuleFailure? FirstFailure(ChatCompletionRequest request) =>
        request.Tools is { Count: > 0 } && request.Functions is { Count: > 0 }
            ? new("functions", "functions is the older form of tools: send one of the two.")
            : Tools(request.Tools)
                ?? Functions(request.Functions)
                ?? Choice(request.ToolChoice, "tool_choice", request.Tools?.Select(tool => tool?.Function?.Name))
                ?? Choice(request.FunctionCall, "function_call", request.Functions?.Select(function => function?.Name));

    private static RuleFailure? Tools(IReadOnlyList<ToolParam?>? tools)
    {
        for (var i = 0; i < (tools?.Count ?? 0); i++)
        {
            var failure = tools![i] is { Type: ToolChoice.Function } tool
                ? Function(tool.Function?.Name, tool.Function?.Parameters, $"tools[{i}].function")
                : new($"tools[{i}].type", "A tool's type must be function.");
            if (failure is not null)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? Functions(IReadOnlyList<FunctionParam?>? functions)
    {
        for (var i = 0; i < (functions?.Count ?? 0); i++)
        {
            if (Function(functions![i]?.Name, functions[i]?.Parameters, $"functions[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

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

    /// <summary>What must be called must have been offered.</summary>
    public static RuleFailure? Choice(ToolChoice? choice, string param, IEnumerable<string?>? offered) => choice?.Mode switch
    {
        null or ToolChoice.Auto or ToolChoice.None => null,
        ToolChoice.Required => offered?.Any() is true
            ? null
            : new(param, $"{param} can require a call only when there is something to call."),
        ToolChoice.Function when choice.Name is { } name => offered?.Contains(name) is true
            ? null
            : new(param, $"{param} names a function that was not offered."),
        _ => new(param, $"{param} must be auto, none, required or a named function."),
    };
}
