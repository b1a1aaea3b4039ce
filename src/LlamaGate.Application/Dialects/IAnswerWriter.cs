using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects;

/// <summary>Writes a complete answer as a dialect's JSON. One for each answer, which gets an id of its own.</summary>
public interface IAnswerWriter
{
    void Write(Utf8JsonWriter json, ConversationAnswer answer);
}
