using LlamaGate.Application.Dialects.Messages.Contracts;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>
/// How instructions within a conversation change its tools: <c>tool_addition</c> and <c>tool_removal</c>. A model gets one list of tools
/// with the whole conversation, so for each name the last change counts. A change that names no tool is not a fault: it stays in a history
/// for good.
/// </summary>
internal sealed class MessageToolChanges
{
    private static readonly MessageToolChanges None = new();

    private readonly Dictionary<string, bool> _isOffered = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, MessageTool> _defined = new(StringComparer.Ordinal);

    private MessageToolChanges()
    {
    }

    /// <summary>The functions that additions define, the last of each name.</summary>
    public IReadOnlyList<MessageTool> Defined => _defined.Values;

    public static MessageToolChanges Of(MessagePrompt request)
    {
        MessageToolChanges? changes = null;
        foreach (var message in request.Messages ?? [])
        {
            foreach (var block in message?.Role == MessageRoles.System ? message.Content?.Blocks ?? [] : [])
            {
                if (block is { Type: BlockTypes.ToolAddition or BlockTypes.ToolRemoval, Tool: { } tool })
                {
                    (changes ??= new()).Apply(tool, isAddition: block.Type == BlockTypes.ToolAddition);
                }
            }
        }

        return changes ?? None;
    }

    /// <summary>The names that additions offer.</summary>
    public IEnumerable<string> Added => from change in _isOffered where change.Value select change.Key;

    /// <summary>Whether an addition defines the tool.</summary>
    public bool Defines(string name) => _defined.ContainsKey(name);

    /// <summary>Whether an addition offers the tool, and no later removal takes it away.</summary>
    public bool Adds(string name) => _isOffered.TryGetValue(name, out var isOffered) && isOffered;

    /// <summary>Whether a removal takes the tool away, and no later addition offers it again.</summary>
    public bool Removes(string name) => _isOffered.TryGetValue(name, out var isOffered) && !isOffered;

    private void Apply(MessageToolChange change, bool isAddition)
    {
        if (change.ToolName is not { } name)
        {
            return;
        }

        _isOffered[name] = isAddition;
        if (isAddition && change.Definition is { } defined && MessageTools.IsFunction(defined))
        {
            _defined[name] = defined;
        }
    }
}
