using System.Buffers;
using CommunityToolkit.HighPerformance.Buffers;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Memory;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;

namespace LlamaGate.Infrastructure.Ollama.Routing;

/// <summary>An answer of Ollama's API that was put together from those of several hosts.</summary>
internal sealed class MergedAnswer(ReadOnlyMemory<byte> json) : INativeAnswer
{
    public int Status => 200;

    public string ContentType => "application/json; charset=utf-8";

    public bool IsStream => false;

    public ReadOnlySequence<byte> Line => default;

    public GatewayException? Failure => null;

    public TokenUsage? Usage => null;

    public GenerationTimings? Timings => null;

    public TimeSpan? TimeToFirstToken => null;

    public TimeSpan? UpstreamTime => null;

    public ValueTask<bool> ReadLineAsync(CancellationToken cancellationToken) => new(false);

    public ValueTask<IMemoryOwner<byte>> ReadToEndAsync(CancellationToken cancellationToken)
    {
        var body = new ArrayPoolBufferWriter<byte>(ModestPool.Instance, Math.Max(json.Length, 1));
        body.Write(json.Span);
        return new(body);
    }

    public void Dispose()
    {
    }
}
