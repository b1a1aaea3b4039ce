using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>Applies a caller's choice among its tools. The choice is valid.</summary>
internal static class ToolChoiceMapping
{
    /// <summary>The tools that go upstream: none, the named one, those that are allowed, or all.</summary>
    public static IReadOnlyList<ToolDefinition> Apply(ToolChoice? choice, IReadOnlyList<ToolDefinition> offered) => choice?.Mode switch
    {
        ToolChoice.None => [],
        ToolChoice.Function => [.. offered.Where(tool => tool.Name == choice.Name)],
        _ when choice?.AllowedNames is { } names => [.. offered.Where(tool => names.Contains(tool.Name, StringComparer.Ordinal))],
        _ => offered,
    };

    /// <summary>Whether the model must call one of them.</summary>
    public static bool MustCall(ToolChoice? choice) => choice?.Mode is ToolChoice.Required or ToolChoice.Function;
}
