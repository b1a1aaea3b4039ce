using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// An update in the order in which they came. A reader holds the node that it read last, so that what all readers have passed is
/// released by itself.
/// </summary>
/// <param name="update">Null at the very beginning only.</param>
/// <param name="end">Bytes of all updates up to and with this one.</param>
internal sealed class UpdateNode(ConversationUpdate? update, long end)
{
    public ConversationUpdate? Update => update;

    public long End => end;

    public UpdateNode? Next { get; set; }
}
