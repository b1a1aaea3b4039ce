using System.Text.Json.Serialization.Metadata;
using LlamaGate.Api.Errors;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Streaming;

/// <summary>OpenAI's older streams: unnamed chunks, <c>[DONE]</c> when all are there, an error envelope when they are not.</summary>
internal sealed class ChunkFraming<T>(JsonTypeInfo<T> type) : IStreamFraming<T>
{
    public void WriteEvent(SseWriter writer, T data) => writer.WriteEvent(data, type);

    public void WriteEnd(SseWriter writer) => writer.WriteDone();

    public void WriteFailure(SseWriter writer, GatewayException failure) =>
        writer.WriteEvent(ErrorResponseWriter.ToBytes(ErrorTranslator.ToBody(failure)));
}
