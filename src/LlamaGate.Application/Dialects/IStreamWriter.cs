using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects;

/// <summary>
/// Writes a conversation as a dialect's server-sent events while it arrives. One instance per stream, used by one thread at a time; it may
/// keep state.
/// </summary>
public interface IStreamWriter
{
    /// <summary>Writes the events for an update: none for an empty one, several for the first and the last.</summary>
    void Write(SseWriter output, ConversationUpdate update);

    /// <summary>The stream is complete.</summary>
    void WriteEnd(SseWriter output);

    /// <summary>The stream failed after its status was sent; it must not look complete.</summary>
    void WriteFailure(SseWriter output, DialectError error);

    /// <summary>
    /// The stream has been silent for the keep-alive interval, before its first update or after it. Writes a comment, or an event in a
    /// dialect whose clients do not count comments as a sign of life.
    /// </summary>
    void WriteKeepAlive(SseWriter output) => output.WriteKeepAlive();

    /// <summary>
    /// The stream waits in the queue of shared hosts, and its place there has changed. Writes a comment, and a keep-alive event in a
    /// dialect that has one.
    /// </summary>
    /// <param name="comment">ASCII without line breaks.</param>
    void WriteQueueNotice(SseWriter output, string comment) => output.WriteComment(comment);
}
