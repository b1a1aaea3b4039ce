using System.Text.Json;
using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>A caller's tool and the function that the model is offered for it.</summary>
/// <param name="Type">What its caller gets a call as: function, custom, tool_search or shell.</param>
/// <param name="Namespace">The namespace that holds it, if one does.</param>
/// <param name="Name">The caller's name of it.</param>
/// <param name="Function">What the model is offered.</param>
internal sealed record OfferedTool(string Type, string? Namespace, string Name, ToolDefinition Function)
{
    private static readonly JsonElement CustomParameters = JsonElement.Parse(
        """{"type":"object","properties":{"input":{"type":"string","description":"The whole input, as it is."}},"required":["input"]}""");

    private static readonly JsonElement SearchParameters = JsonElement.Parse(
        """{"type":"object","properties":{"query":{"type":"string"}},"required":["query"]}""");

    private static readonly JsonElement ShellParameters = JsonElement.Parse(
        """{"type":"object","properties":{"commands":{"type":"array","items":{"type":"string"}},"timeout_ms":{"type":"integer"}},"required":["commands"]}""");

    /// <summary>Null for a tool that cannot be offered.</summary>
    /// <param name="tool">Of any type but a namespace.</param>
    /// <param name="ns">The namespace that holds it, if one does.</param>
    public static OfferedTool? Of(ResponseTool? tool, string? ns) => tool switch
    {
        { Type: ResponseToolTypes.Function, Name: { Length: > 0 } name, Parameters: null or { ValueKind: JsonValueKind.Object } } =>
            new(tool.Type, ns, name, new ToolDefinition(Join(ns, name), tool.Description, tool.Parameters)),
        { Type: ResponseToolTypes.Custom, Name: { Length: > 0 } name } =>
            new(tool.Type, ns, name, new ToolDefinition(Join(ns, name), Describe(tool), CustomParameters)),
        { Type: ResponseToolTypes.ToolSearch, Execution: "client" } when ns is null =>
            new(tool.Type, null, tool.Type, new ToolDefinition(tool.Type, tool.Description, tool.Parameters ?? SearchParameters)),
        { Type: ResponseToolTypes.Shell or ResponseToolTypes.LocalShell } when ns is null && RunsAtClient(tool) => new(
            ResponseToolTypes.Shell,
            null,
            ResponseToolTypes.Shell,
            new ToolDefinition(ResponseToolTypes.Shell, "Runs commands in a shell.", ShellParameters)),
        _ => null,
    };

    /// <summary>The one name of a tool for the model. A call's name is looked up, never taken apart.</summary>
    public static string Join(string? ns, string name) => string.IsNullOrEmpty(ns) ? name : $"{ns}__{name}";

    /// <summary>What a choice can refer to this tool by: itself, and its namespace.</summary>
    public IEnumerable<string> Keys => Namespace is null
        ? [KeyOf(Type, Function.Name)]
        : [KeyOf(Type, Function.Name), KeyOf(ResponseToolTypes.Namespace, Namespace)];

    /// <summary>The key of what a choice refers to; tools of unknown types have none.</summary>
    public static string KeyOf(ResponseToolReference reference) => reference.Type == ResponseToolTypes.Namespace
        ? KeyOf(reference.Type, reference.Name)
        : KeyOf(reference.Type, Join(reference.Namespace, reference.Name ?? ""));

    /// <summary>Whether a choice refers to this tool.</summary>
    public bool Is(ResponseToolReference reference) => Keys.Contains(KeyOf(reference), StringComparer.Ordinal);

    private static string KeyOf(string type, string? name) => type switch
    {
        ResponseToolTypes.Shell or ResponseToolTypes.LocalShell => ResponseToolTypes.Shell,
        ResponseToolTypes.ToolSearch => type,
        ResponseToolTypes.Function or ResponseToolTypes.Custom => $"{ResponseToolTypes.Function} {name}",
        ResponseToolTypes.Namespace => $"{type} {name}",
        _ => "",
    };

    private static string? Describe(ResponseTool tool) =>
        tool.Format is { ValueKind: JsonValueKind.Object } format
        && format.TryGetProperty("definition", out var definition) && definition.ValueKind == JsonValueKind.String
            ? $"{tool.Description}\nThe input follows this grammar:\n{definition.GetString()}".TrimStart('\n')
            : tool.Description;

    /// <summary>A shell may also be a container of OpenAI's.</summary>
    private static bool RunsAtClient(ResponseTool tool) =>
        tool.Unknown is null
        || !tool.Unknown.TryGetValue("environment", out var environment)
        || environment.ValueKind != JsonValueKind.Object
        || !environment.TryGetProperty("type", out var type)
        || (type.ValueKind is JsonValueKind.String && type.ValueEquals("local"));
}
