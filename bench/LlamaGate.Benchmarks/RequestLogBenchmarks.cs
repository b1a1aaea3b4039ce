using System.Net;
using BenchmarkDotNet.Attributes;
using LlamaGate.Api.RequestLogging;
using LlamaGate.Application.Abstractions;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.Domain.Generation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Benchmarks;

/// <summary>A request's line in the log, from the facts to the text, which is made on a thread of its own and waited for.</summary>
public class RequestLogBenchmarks
{
    // Well below the log's buffer, past which lines are dropped.
    private const int Lines = 1000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(30);

    private MemoryGateway? _gateway;
    private AsyncServiceScope _scope;
    private DefaultHttpContext? _request;
    private RequestDelegate? _log;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_nonstream"));
        _scope = _gateway.Services.CreateAsyncScope();
        _request = new DefaultHttpContext { RequestServices = _scope.ServiceProvider };
        _request.Request.Method = HttpMethods.Post;
        _request.Request.Path = "/v1/chat/completions";
        _request.Connection.RemoteIpAddress = IPAddress.Loopback;
        var facts = _scope.ServiceProvider.GetRequiredService<ExchangeFacts>();
        facts.Model = "plain";
        facts.Stream = false;
        facts.Cache = CacheOutcome.Miss;
        facts.Usage = new TokenUsage(7, 8);
        facts.TimeToFirstToken = facts.UpstreamTime = TimeSpan.FromMilliseconds(12);
        _log = new ApplicationBuilder(_gateway.Services).UseMiddleware<RequestLoggingMiddleware>()
            .Use(static _ => static _ => Task.CompletedTask).Build();
    }

    [GlobalCleanup]
    public async Task StopAsync()
    {
        await _scope.DisposeAsync();
        await _gateway!.DisposeAsync();
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public async Task<long> RequestLine()
    {
        var lines = _gateway!.Log.Lines + Lines;
        for (var line = 0; line < Lines; line++)
        {
            await _log!(_request!);
        }

        _gateway.Log.WaitFor(lines, LongestWait);
        return _gateway.Log.Lines;
    }
}
