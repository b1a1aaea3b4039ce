using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>Applies the caller's tool choice, which is valid.</summary>
internal static class ToolChoiceMapping
{
    /// <summary>The tools that are sent upstream: none, the named one, the allowed ones, or all.</summary>
    public static IReadOnlyList<ToolDefinition> Apply(ToolChoice? choice, IReadOnlyList<ToolDefinition> offered) => choice?.Mode switch
    {
        ToolChoice.None => [],
        ToolChoice.Function => [.. offered.Where(tool => tool.Name == choice.Name)],
        _ when choice?.AllowedNames is { } names => [.. offered.Where(tool => names.Contains(tool.Name))],
        _ => offered,
    };

    /// <summary>Whether the model must call one of them.</summary>
    public static bool MustCall(ToolChoice? choice) => choice?.Mode is ToolChoice.Required or ToolChoice.Function;
}
