namespace LlamaGate.Application.Dialects;

/// <summary>An error in a dialect's own format, to be sent within a stream.</summary>
/// <param name="Message">For people.</param>
/// <param name="Type">The dialect's error type.</param>
/// <param name="Code">A stable code for programs; null where the dialect has none.</param>
/// <param name="Param">The field at fault, with the dialect's name.</param>
/// <param name="Body">The whole error as JSON, as in a plain answer.</param>
public sealed record DialectError(string Message, string Type, string? Code, string? Param, ReadOnlyMemory<byte> Body);
