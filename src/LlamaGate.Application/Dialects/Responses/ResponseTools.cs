using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The tools of a request that the gateway can offer a model: its functions. Clients send tools of other types beside them that nobody
/// can switch off; those are left out and named. The request is valid.
/// </summary>
internal static class ResponseTools
{
    private static readonly ToolChoice Auto = new(ToolChoice.Auto);

    public static bool IsFunction(ResponseTool? tool) => tool?.Type == ToolChoice.Function;

    /// <summary>What the model may do. A choice that only a tool which is left out could satisfy is none.</summary>
    public static ToolChoice Choice(CreateResponseRequest request) =>
        request.ToolChoice is { } choice && !HasNoEffect(request) ? choice.Choice : Auto;

    /// <summary>Whether the caller's choice is one that cannot be honoured.</summary>
    public static bool HasNoEffect(CreateResponseRequest request) => request.ToolChoice is { } choice
        && (choice.IsForeign || (choice.Choice.Mode == ToolChoice.Required && !Allowed(request).Any()));

    /// <summary>The tools that go upstream.</summary>
    public static IReadOnlyList<ToolDefinition> Offered(CreateResponseRequest request) => request.Tools is null
        ? []
        : ToolChoiceMapping.Apply(
            Choice(request),
            [.. Allowed(request).Select(tool => new ToolDefinition(tool!.Name!, tool.Description, tool.Parameters))]);

    private static IEnumerable<ResponseTool?> Allowed(CreateResponseRequest request)
    {
        var functions = (request.Tools ?? []).Where(IsFunction);
        return request.ToolChoice?.AllowedNames is { } names ? functions.Where(tool => names.Contains(tool!.Name, StringComparer.Ordinal)) : functions;
    }
}
