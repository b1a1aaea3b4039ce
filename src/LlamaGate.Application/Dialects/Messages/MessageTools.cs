using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>
/// The tools of a request that the gateway can offer a model: its functions. Those that Anthropic's servers would run are left out.
/// </summary>
internal static class MessageTools
{
    private const string ToolSearch = "tool_search_tool_";
    private const string WebSearch = "web_search_";
    private const string WebFetch = "web_fetch_";

    public static bool IsFunction(MessageTool? tool) => tool?.Type is null or MessageTool.Custom;

    /// <summary>Tools are offered, and none of them can be.</summary>
    public static bool HasForeignOnly(MessagePrompt request) =>
        request.Tools is { Count: > 0 } tools && !tools.Any(IsFunction) && request.ToolChoice?.Type != "none"
        && MessageToolChanges.Of(request).Defined.Count == 0;

    /// <summary>
    /// Nothing but a search of the web is offered: a client wants its results and nothing else. Whatever a model invented would be shown
    /// as such, so no model is asked.
    /// </summary>
    public static bool IsSearchOnly(MessagePrompt request) => HasForeignOnly(request) && request.Tools!.Any(IsSearch);

    /// <summary>The name of the only tool that is offered: <c>web_search</c> or <c>web_fetch</c>.</summary>
    public static string SearchName(MessagePrompt request) =>
        IsOfKind(request.Tools!.First(IsSearch), WebFetch) ? "web_fetch" : "web_search";

    /// <summary>A call of a tool is required that is left out: the model then chooses by itself.</summary>
    public static bool IsChoiceForeign(MessagePrompt request) => request.ToolChoice is { Type: "tool", Name: { } name }
        && request.Tools?.Any(tool => tool?.Name == name && !IsFunction(tool)) is true;

    public static ToolChoice? Choice(MessagePrompt request) => request.ToolChoice switch
    {
        { Type: "any" } => new ToolChoice(ToolChoice.Required),
        { Type: "tool" } choice when !IsChoiceForeign(request) => new ToolChoice(ToolChoice.Function, choice.Name),
        { Type: "none" } => new ToolChoice(ToolChoice.None),
        _ => null,
    };

    /// <summary>The tools that go upstream.</summary>
    public static IReadOnlyList<ToolDefinition> Offered(MessagePrompt request)
    {
        IReadOnlyList<MessageTool> visible = [.. Visible(request)];
        return visible.Count == 0 ? [] : ToolChoiceMapping.Apply(
            Choice(request), [.. visible.Select(tool => new ToolDefinition(tool.Name!, tool.Description, tool.InputSchema))]);
    }

    /// <summary>
    /// The functions that the model may see: those that are deferred only after a search has found them, an addition names them, or if one
    /// must be called; none that was removed.
    /// </summary>
    public static IEnumerable<MessageTool> Visible(MessagePrompt request)
    {
        var tools = request.Tools ?? [];
        var changes = MessageToolChanges.Of(request);
        var required = Choice(request)?.Name;
        // A server's tool search finds none here, so the model gets all.
        var found = tools.Any(tool => tool!.DeferLoading is true) && !tools.Any(tool => IsOfKind(tool, ToolSearch))
            ? FoundNames(request.Messages!)
            : null;
        return from tool in Functions(tools, changes)
               where !changes.Removes(tool.Name!)
                   && (found is null || tool.DeferLoading is not true || tool.Name == required || found.Contains(tool.Name!)
                       || changes.Adds(tool.Name!))
               select tool;
    }

    /// <summary>An addition names a tool that is neither in the request nor defined within the conversation.</summary>
    public static bool HasUnknownAddition(MessagePrompt request)
    {
        var changes = MessageToolChanges.Of(request);
        var unknown = changes.Added.Where(name => !changes.Defines(name)).ToHashSet(StringComparer.Ordinal);
        unknown.ExceptWith(from tool in request.Tools ?? [] where tool?.Name is not null select tool.Name);
        return unknown.Count > 0;
    }

    /// <summary>A tool that an addition defines takes the place of an earlier one of its name.</summary>
    private static IEnumerable<MessageTool> Functions(IReadOnlyList<MessageTool?> tools, MessageToolChanges changes) =>
    [
        .. from tool in tools
           where IsFunction(tool) && !changes.Defines(tool!.Name!)
           select tool,
        .. changes.Defined,
    ];

    private static HashSet<string> FoundNames(IReadOnlyList<MessageParam?> messages) =>
    [
        .. from message in messages
           from block in message!.Content?.Blocks ?? []
           where block?.Type == BlockTypes.ToolResult
           from part in block.Content?.Blocks ?? []
           where part is { Type: BlockTypes.ToolReference, ToolName: not null }
           select part!.ToolName,
    ];

    private static bool IsSearch(MessageTool? tool) => IsOfKind(tool, WebSearch) || IsOfKind(tool, WebFetch);

    /// <summary>Types end with the date of their version.</summary>
    private static bool IsOfKind(MessageTool? tool, string kind) => tool?.Type?.StartsWith(kind, StringComparison.Ordinal) is true;
}
