using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Conversations;

/// <summary>
/// A node in the list of updates, in order of arrival. A reader holds the last node that it read, so nodes that all readers have passed
/// can be collected.
/// </summary>
/// <param name="update">Null only for the first node.</param>
/// <param name="end">Bytes of all updates up to and including this one.</param>
internal sealed class UpdateNode(ConversationUpdate? update, long end)
{
    public ConversationUpdate? Update => update;

    public long End => end;

    public UpdateNode? Next { get; set; }
}
