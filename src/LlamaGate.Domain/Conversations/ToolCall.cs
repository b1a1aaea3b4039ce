namespace LlamaGate.Domain.Conversations;

/// <summary>A call that a model asked for, in an answer or in the history.</summary>
/// <param name="Id">Ties the call to its result. Empty when the model gave none.</param>
/// <param name="Name">The function's name.</param>
/// <param name="Arguments">A JSON object as text, its key order kept.</param>
public sealed record ToolCall(string Id, string Name, string Arguments);
