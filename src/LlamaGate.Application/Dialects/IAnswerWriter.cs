using System.Text.Json;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects;

/// <summary>Writes a complete answer as a dialect's JSON. One instance per answer, so that each answer has its own id.</summary>
public interface IAnswerWriter
{
    void Write(Utf8JsonWriter json, ConversationAnswer answer);
}
