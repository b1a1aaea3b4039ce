using System.Text.Json;

namespace LlamaGate.Application.Serialization;

/// <summary>A value that a contract cannot hold, with a message that can be shown to the caller. The serializer adds the path.</summary>
public sealed class ContractException(string message) : JsonException(message);
