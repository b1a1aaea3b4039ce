using System.Net;
using BenchmarkDotNet.Attributes;
using LlamaGate.Api.RequestLogging;
using LlamaGate.Application.Abstractions;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.Domain.Generation;
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
    private readonly ExchangeFacts _facts = new()
    {
        Model = "plain",
        Stream = false,
        Cache = CacheOutcome.Miss,
        Usage = new TokenUsage(7, 8),
        TimeToFirstToken = TimeSpan.FromMilliseconds(12),
        UpstreamTime = TimeSpan.FromMilliseconds(12),
    };

    private DefaultHttpContext? _request;
    private RequestLog? _log;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_nonstream"));
        _request = new DefaultHttpContext();
        _request.Request.Method = HttpMethods.Post;
        _request.Request.Path = "/v1/chat/completions";
        _request.Connection.RemoteIpAddress = IPAddress.Loopback;
        _log = _gateway.Services.GetRequiredService<RequestLog>();
    }

    [GlobalCleanup]
    public async Task StopAsync() => await _gateway!.DisposeAsync();

    [Benchmark(OperationsPerInvoke = Lines)]
    public long RequestLine()
    {
        var lines = _gateway!.Log.Lines + Lines;
        for (var line = 0; line < Lines; line++)
        {
            _log!.Write(_request!, _facts);
        }

        _gateway.Log.WaitFor(lines, LongestWait);
        return _gateway.Log.Lines;
    }
}
