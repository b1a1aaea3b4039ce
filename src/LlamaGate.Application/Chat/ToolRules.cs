using System.Text.Json;
using FluentValidation;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Chat;

/// <summary>What may be offered as a tool and how its use may be governed.</summary>
internal static class ToolRules
{
    public static void Check(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        if (request.Tools is { Count: > 0 } && request.Functions is { Count: > 0 })
        {
            context.Fail("functions", "functions is the older form of tools: send one of the two.");
            return;
        }

        if (CheckTools(request, context) && CheckFunctions(request, context))
        {
            CheckChoice(request.ToolChoice, "tool_choice", request.Tools?.Select(tool => tool?.Function?.Name).ToList(), context);
            CheckChoice(request.FunctionCall, "function_call", request.Functions?.Select(f => f?.Name).ToList(), context);
        }
    }

    private static bool CheckTools(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        for (var i = 0; i < (request.Tools?.Count ?? 0); i++)
        {
            var tool = request.Tools![i];
            if (tool?.Type != ToolChoice.Function)
            {
                context.Fail($"tools[{i}].type", "A tool's type must be function.");
                return false;
            }

            if (!CheckFunction(tool.Function, $"tools[{i}].function", context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CheckFunctions(ChatCompletionRequest request, ValidationContext<ChatCompletionRequest> context)
    {
        for (var i = 0; i < (request.Functions?.Count ?? 0); i++)
        {
            if (!CheckFunction(request.Functions![i], $"functions[{i}]", context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CheckFunction(FunctionParam? function, string path, ValidationContext<ChatCompletionRequest> context) =>
        CheckFunction(function?.Name, function?.Parameters, path, context);

    /// <summary>A function must have a name, and parameters that are a schema.</summary>
    public static bool CheckFunction<T>(string? name, JsonElement? parameters, string path, ValidationContext<T> context)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            context.Fail($"{path}.name", "A function needs a name.");
            return false;
        }

        if (parameters is { ValueKind: not JsonValueKind.Object })
        {
            context.Fail($"{path}.parameters", "A function's parameters must be a JSON schema, an object.");
            return false;
        }

        return true;
    }

    /// <summary>What must be called must have been offered.</summary>
    public static void CheckChoice<T>(
        ToolChoice? choice, string param, List<string?>? offered, ValidationContext<T> context)
    {
        switch (choice?.Mode)
        {
            case null or ToolChoice.Auto or ToolChoice.None:
                break;
            case ToolChoice.Required when offered is { Count: > 0 }:
                break;
            case ToolChoice.Required:
                context.Fail(param, $"{param} can require a call only when there is something to call.");
                break;
            case ToolChoice.Function when choice.Name is { } name:
                if (offered?.Contains(name) is not true)
                {
                    context.Fail(param, $"{param} names a function that was not offered.");
                }

                break;
            default:
                context.Fail(param, $"{param} must be auto, none, required or a named function.");
                break;
        }
    }
}
