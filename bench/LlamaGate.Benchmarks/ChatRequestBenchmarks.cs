using System.Text.Json;
using BenchmarkDotNet.Attributes;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects.ChatCompletions;
using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Conversations;
using LlamaGate.PerformanceTests.Scenarios;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Benchmarks;

/// <summary>A chat request on its way in: read, validated, mapped, sent; and its key in the cache.</summary>
public class ChatRequestBenchmarks
{
    private static readonly RequestContext Context = new("bench", new Caller("anonymous", new CallerPolicy(RateLimitRps: 10)));

    private byte[] _body = [];
    private MemoryGateway? _gateway;
    private ConversationBatch? _batch;

    [Params("200 B", "8 KB")]
    public string Body { get; set; } = "200 B";

    [GlobalSetup]
    public async Task StartAsync()
    {
        _body = Body == "8 KB" ? RequestBodies.ChatWithHistory() : RequestBodies.Chat;
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_stream_true"));
        IConversationCommand command = new CreateChatCompletionCommand(Parse(), Context);
        _batch = command.ToDomain(_gateway.Services.GetRequiredService<DomainMapper>());
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _gateway!.DisposeAsync();

    [Benchmark]
    public ChatCompletionRequest Parse() =>
        JsonSerializer.Deserialize(_body, ChatJsonContext.Instance.ChatCompletionRequest)
        ?? throw new InvalidOperationException("The body is null.");

    /// <summary>From the bytes of the request to the answer as an object, through all behaviours and a call to Ollama that costs nothing.</summary>
    [Benchmark]
    public async Task<ConversationAnswer> ParseValidateMapGenerate()
    {
        await using var scope = _gateway!.Services.CreateAsyncScope();
        var mediator = scope.ServiceProvider.GetRequiredService<IMediator>();
        await using var stream = await mediator.Send(new CreateChatCompletionCommand(Parse(), Context));
        return await stream.ReadToEndAsync();
    }

    [Benchmark]
    public string CacheKey() => ConversationKey.Of(_batch!);

    /// <summary>The whole way: middleware, controller, JSON and the line of the log.</summary>
    [Benchmark]
    public Task<ReadOnlyMemory<byte>> WholeRequest() => _gateway!.PostAsync("/v1/chat/completions", _body, status: 200);
}
