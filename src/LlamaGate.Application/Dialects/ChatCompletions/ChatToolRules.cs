using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>Rules for tools and tool choice.</summary>
internal static class ChatToolRules
{
    public static RuleFailure? FirstFailure(ChatCompletionRequest request) =>
        request.Tools is { Count: > 0 } && request.Functions is { Count: > 0 }
            ? new("functions", "functions is the legacy form of tools: send only one of the two.")
            : Tools(request.Tools)
                ?? Functions(request.Functions)
                ?? ToolRules.Choice(request.ToolChoice, "tool_choice", request.Tools?.Where(ChatTools.IsFunction).Select(tool => tool!.Function?.Name))
                ?? ToolRules.Choice(request.FunctionCall, "function_call", request.Functions?.Select(function => function?.Name));

    private static RuleFailure? Tools(IReadOnlyList<ToolParam?>? tools)
    {
        for (var i = 0; i < (tools?.Count ?? 0); i++)
        {
            var failure = tools![i] switch
            {
                { Type: ToolChoice.Function } tool => ToolRules.Function(tool.Function?.Name, tool.Function?.Parameters, $"tools[{i}].function"),
                { Type.Length: > 0 } => null,
                _ => new($"tools[{i}].type", "A tool needs a type, such as function."),
            };
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
            if (ToolRules.Function(functions![i]?.Name, functions[i]?.Parameters, $"functions[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }
}
