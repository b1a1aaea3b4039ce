using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Application.Generation;

/// <summary>
/// Refuses a conversation of which nothing can be sent to a model. Ollama takes one without messages as an instruction to load the model, and
/// answers with nothing.
/// </summary>
internal static class NothingLeft
{
    /// <param name="field">The caller's field that contains the conversation.</param>
    /// <returns>The messages.</returns>
    /// <exception cref="GatewayException">There are none.</exception>
    public static IReadOnlyList<Message> Check(IReadOnlyList<Message> messages, string field) => messages.Count > 0
        ? messages
        : throw new GatewayException(
            GatewayError.InvalidRequest, $"{field} contains nothing that can be sent to a model: send at least one text, image or tool result.")
        {
            Path = field,
        };
}
