namespace LlamaGate.Domain.Conversations;

/// <summary>A call that a model requested, in an answer or in the history.</summary>
/// <param name="Id">Links the call to its result. Empty when the model gave none.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">A JSON object as text, with its key order preserved.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
