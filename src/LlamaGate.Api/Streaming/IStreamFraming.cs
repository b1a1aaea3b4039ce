using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Streaming;

/// <summary>How an endpoint's events look on the wire, and how its streams end. One for each stream; it may remember what passed.</summary>
/// <typeparam name="T">The event.</typeparam>
internal interface IStreamFraming<in T>
{
    void WriteEvent(SseWriter writer, T data);

    /// <summary>The stream is complete.</summary>
    void WriteEnd(SseWriter writer);

    /// <summary>The stream broke after its status was sent; it must not look finished.</summary>
    void WriteFailure(SseWriter writer, GatewayException failure);
}
