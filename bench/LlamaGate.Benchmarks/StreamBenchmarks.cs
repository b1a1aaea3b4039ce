using BenchmarkDotNet.Attributes;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.Benchmarks;

/// <summary>A line of Ollama's NDJSON to a server-sent event; the start of the stream is shared by a thousand of them.</summary>
public class StreamBenchmarks
{
    private const int Lines = 1000;

    private MemoryGateway? _chat;
    private MemoryGateway? _completion;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _chat = await MemoryGateway.StartAsync(RecordedUpstream.Stream("chat_stream", Lines));
        _completion = await MemoryGateway.StartAsync(RecordedUpstream.Stream("generate_stream", Lines));
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _chat!.DisposeAsync();
        await _completion!.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public Task<ReadOnlyMemory<byte>> ChatChunk() =>
        _chat!.PostAsync("/v1/chat/completions", RequestBodies.ChatStream, status: 200);

    [Benchmark(OperationsPerInvoke = Lines)]
    public Task<ReadOnlyMemory<byte>> CompletionChunk() =>
        _completion!.PostAsync("/v1/completions", RequestBodies.CompletionStream, status: 200);

    [Benchmark(OperationsPerInvoke = Lines)]
    public Task<ReadOnlyMemory<byte>> ResponseEvent() =>
        _chat!.PostAsync("/v1/responses", RequestBodies.ResponseStream, status: 200);
}
