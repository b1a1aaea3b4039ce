namespace LlamaGate.Application.Dialects;

/// <summary>An error in a dialect's own words, to be told within a stream.</summary>
/// <param name="Message">For people.</param>
/// <param name="Type">The dialect's word for the kind of error.</param>
/// <param name="Code">A stable word for programs; null where the dialect has none.</param>
/// <param name="Param">The field at fault, as the dialect spells it.</param>
/// <param name="Body">The whole error as JSON, as a plain answer would carry it.</param>
public sealed record DialectError(string Message, string Type, string? Code, string? Param, ReadOnlyMemory<byte> Body);
