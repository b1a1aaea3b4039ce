using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Requests;

/// <summary>The caller's place in its traces, from the headers of W3C Trace Context. <c>baggage</c> is not read.</summary>
internal static class RequestTrace
{
    /// <summary>Null without a valid one; two headers are not valid.</summary>
    public static TraceContext? Of(IHeaderDictionary headers) => headers.TraceParent is [{ } parent]
        ? TraceContext.Of(parent, headers.TraceState.Count == 0 ? null : string.Join(',', headers.TraceState.AsEnumerable()))
        : null;
}
