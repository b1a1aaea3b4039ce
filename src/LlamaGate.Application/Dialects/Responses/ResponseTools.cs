using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The tools of a request that a model can be offered, those that a search found and that items add among them. Clients send tools of other types beside
/// them that nobody can switch off; those are left out and named.
/// </summary>
internal sealed class ResponseTools
{
    private static readonly ToolChoice Auto = new(ToolChoice.Auto);

    private readonly List<OfferedTool> _all = [];

    /// <summary>By the name that the model knows; the first of a name counts.</summary>
    private readonly Dictionary<string, OfferedTool> _byName = new(StringComparer.Ordinal);
    private readonly ResponseToolChoice? _choice;

    /// <param name="request">Need not be valid.</param>
    /// <param name="input">The conversation; no item need be valid.</param>
    public ResponseTools(CreateResponseRequest request, IEnumerable<ResponseInputItem?> input)
    {
        _choice = request.ToolChoice;
        foreach (var tool in Flatten(request.Tools))
        {
            Add(tool);
        }

        foreach (var item in input)
        {
            // A search may find what another has found.
            foreach (var tool in item is null ? [] : FoundBy(item).Where(tool => Find(tool.Function.Name) is null))
            {
                Add(tool);
            }
        }
    }

    /// <summary>What the model may do. A choice that only a tool which is left out could satisfy is none.</summary>
    public ToolChoice Choice => _choice switch
    {
        null => Auto,
        { Named: { } named } => _all.Find(tool => tool.Is(named)) is { } tool
            ? new ToolChoice(ToolChoice.Function, tool.Function.Name)
            : Auto,
        { Mode: ToolChoice.Required } when !Allowed.Any() => Auto,
        { Mode: var mode } => new ToolChoice(mode),
    };

    /// <summary>Whether the caller's choice is one that cannot be honoured.</summary>
    public bool HasNoEffect => _choice is { Mode: ToolChoice.Function or ToolChoice.Required } && Choice.Mode == ToolChoice.Auto;

    /// <summary>The functions that go upstream.</summary>
    public IReadOnlyList<ToolDefinition> Offered => ToolChoiceMapping.Apply(Choice, [.. Allowed.Select(tool => tool.Function)]);

    public bool IsEmpty => _all.Count == 0;

    private IEnumerable<OfferedTool> Allowed => _choice?.Allowed is { } allowed ? AllowedBy(allowed) : _all;

    /// <summary>Whether a tool of this kind can be offered. It need not be valid.</summary>
    /// <param name="isNested">It stands in a namespace, which holds functions and custom tools only.</param>
    public static bool CanOffer(ResponseTool? tool, bool isNested) => tool?.Type
        is ResponseToolTypes.Function or ResponseToolTypes.Custom
        || (!isNested && (tool?.Type == ResponseToolTypes.Namespace || OfferedTool.Of(tool, null) is not null));

    /// <summary>The tools that an item gives to the model from then on.</summary>
    public static IEnumerable<OfferedTool> FoundBy(ResponseInputItem item) =>
        item.Type is ResponseItemTypes.ToolSearchOutput or ResponseItemTypes.AdditionalTools ? Flatten(item.Tools) : [];

    /// <summary>The tool that a call means; null when the model calls what it was not offered.</summary>
    /// <param name="function">The name that the model knows.</param>
    public OfferedTool? Find(string function) => _byName.GetValueOrDefault(function);

    public bool Has(ResponseToolReference reference) => _all.Exists(tool => tool.Is(reference));

    private void Add(OfferedTool tool)
    {
        _all.Add(tool);
        _byName.TryAdd(tool.Function.Name, tool);
    }

    /// <summary>By a set: the caller chooses how many there are of both.</summary>
    private IEnumerable<OfferedTool> AllowedBy(IReadOnlyList<ResponseToolReference> references)
    {
        var keys = references.Select(OfferedTool.KeyOf).ToHashSet(StringComparer.Ordinal);
        return _all.Where(tool => tool.Keys.Any(keys.Contains));
    }

    private static IEnumerable<OfferedTool> Flatten(IReadOnlyList<ResponseTool?>? tools)
    {
        foreach (var tool in tools ?? [])
        {
            if (tool?.Type != ResponseToolTypes.Namespace)
            {
                if (OfferedTool.Of(tool, null) is { } offered)
                {
                    yield return offered;
                }

                continue;
            }

            foreach (var inner in tool.Tools ?? [])
            {
                if (OfferedTool.Of(inner, tool.Name) is { } offered)
                {
                    yield return offered;
                }
            }
        }
    }
}
