using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Validation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>Which tools a request may bring, and which of them it may choose.</summary>
internal static class ResponseToolRules
{
    public static RuleFailure? FirstFailure(CreateResponseRequest request) =>
        CheckAll(request.Tools, "tools") ?? Choice(request);

    /// <param name="path">The tools' own.</param>
    public static RuleFailure? CheckAll(IReadOnlyList<ResponseTool?>? tools, string path)
    {
        for (var i = 0; i < (tools?.Count ?? 0); i++)
        {
            if (Check(tools![i], $"{path}[{i}]") is { } failure)
            {
                return failure;
            }
        }

        return null;
    }

    private static RuleFailure? Check(ResponseTool? tool, string path) => tool switch
    {
        { Type: ResponseToolTypes.Function } => ToolRules.Function(tool.Name, tool.Parameters, path),
        { Type: ResponseToolTypes.Custom or ResponseToolTypes.Namespace } when string.IsNullOrWhiteSpace(tool.Name) =>
            new($"{path}.name", $"A tool of type {tool.Type} needs a name."),
        { Type: ResponseToolTypes.Namespace } => CheckAll(tool.Tools, $"{path}.tools"),
        { Type: { Length: > 0 } } => null,
        _ => new($"{path}.type", "A tool needs a type."),
    };

    private static RuleFailure? Choice(CreateResponseRequest request)
    {
        if (request.ToolChoice is not { } choice)
        {
            return null;
        }

        var tools = new ResponseTools(request, request.Input?.Items ?? []);
        return choice.Named switch
        {
            { Type: ResponseToolTypes.Function or ResponseToolTypes.Custom } named => ToolRules.Choice(
                new ToolChoice(ToolChoice.Function, named.Name), "tool_choice", tools.Has(named) ? [named.Name] : []),
            null when choice.Mode != ToolChoice.Required || (tools.IsEmpty && request.Tools is not { Count: > 0 }) =>
                ToolRules.Choice(new ToolChoice(choice.Mode), "tool_choice", offered: null),
            _ => null,
        };
    }
}
