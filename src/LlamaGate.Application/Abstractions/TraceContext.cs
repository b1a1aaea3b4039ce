using System.Diagnostics;

namespace LlamaGate.Application.Abstractions;

/// <summary>Where a request belongs in the traces of its caller (W3C Trace Context). Baggage is not part of it.</summary>
/// <param name="Parent">A valid <c>traceparent</c>.</param>
/// <param name="State">The <c>tracestate</c>; null = none.</param>
public sealed record TraceContext(string Parent, string? State)
{
    /// <summary>The least that must be passed on by the specification; a longer one is dropped.</summary>
    private const int MaxStateLength = 512;

    /// <summary>Of the fields that are known.</summary>
    private const int Length = 55;

    /// <summary>The context of two headers.</summary>
    /// <returns>Null when the parent is not valid; then the state says nothing either.</returns>
    public static TraceContext? Of(string? parent, string? state) =>
        AsKnownVersion(parent) is { } own && ActivityContext.TryParse(own, traceState: null, out _)
            ? new TraceContext(own, state is { Length: > 0 and <= MaxStateLength } ? state : null)
            : null;

    /// <summary>A later version begins with the same fields, and is continued as the one that is understood here.</summary>
    private static string? AsKnownVersion(string? parent) =>
        parent is { Length: >= Length } && !parent.StartsWith("00", StringComparison.Ordinal) && !parent.StartsWith("ff", StringComparison.Ordinal)
        && (parent.Length == Length || parent[Length] == '-') && char.IsAsciiHexDigitLower(parent[0]) && char.IsAsciiHexDigitLower(parent[1])
            ? "00" + parent[2..Length]
            : parent;
}
