using BenchmarkDotNet.Attributes;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.PerformanceTests.Scenarios;

namespace LlamaGate.Benchmarks;

/// <summary>Answers that Ollama is not asked for.</summary>
public class AnswerBenchmarks
{
    private const string Chat = "/v1/chat/completions";

    private MemoryGateway? _gateway;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_nonstream"), cacheEnabled: true);
        await _gateway.PostAsync(Chat, RequestBodies.Chat, status: 200);
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _gateway!.DisposeAsync();

    [Benchmark]
    public Task<ReadOnlyMemory<byte>> CachedAnswer() => _gateway!.PostAsync(Chat, RequestBodies.Chat, status: 200);

    [Benchmark]
    public Task<ReadOnlyMemory<byte>> MissingKey() => _gateway!.PostAsync(Chat, RequestBodies.Chat, status: 401, key: null);

    [Benchmark]
    public Task<ReadOnlyMemory<byte>> BrokenRule() => _gateway!.PostAsync(Chat, RequestBodies.ChatTooHot, status: 400);
}
