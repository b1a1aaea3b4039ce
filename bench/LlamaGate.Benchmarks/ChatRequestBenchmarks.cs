using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Chat;
using LlamaGate.Application.Chat.Contracts;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.PerformanceTests.Scenarios;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Benchmarks;

/// <summary>A chat request on its way in: read, validated, mapped, asked; and what the cache knows it by.</summary>
public class ChatRequestBenchmarks
{
    private byte[] _body = [];
    private MemoryGateway? _gateway;
    private ICacheableRequest<ChatCompletion>? _question;

    [Params("200 B", "8 KB")]
    public string Body { get; set; } = "200 B";

    [GlobalSetup]
    public async Task StartAsync()
    {
        _body = Body == "8 KB" ? RequestBodies.ChatWithHistory() : RequestBodies.Chat;
        _question = new CreateChatCompletionCommand(Parse());
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_nonstream"));
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _gateway!.DisposeAsync();

    [Benchmark]
    public ChatCompletionRequest Parse() =>
        JsonSerializer.Deserialize(_body, ChatJsonContext.Instance.ChatCompletionRequest)
        ?? throw new InvalidOperationException("The body is null.");

    /// <summary>From the bytes of the request to the answer as an object, through all behaviours and a call to Ollama that costs nothing.</summary>
    [Benchmark]
    public async Task<ChatCompletion> ParseValidateMapAsk()
    {
        await using var scope = _gateway!.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new CreateChatCompletionCommand(Parse()));
    }

    [Benchmark]
    public string CacheKey() => _question!.ComputeCacheKey();

    /// <summary>The whole way: middleware, controller, JSON and the line of the log.</summary>
    [Benchmark]
    public Task<ReadOnlyMemory<byte>> WholeRequest() => _gateway!.PostAsync("/v1/chat/completions", _body, status: 200);
}
