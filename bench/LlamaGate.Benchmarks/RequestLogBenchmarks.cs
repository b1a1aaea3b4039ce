using System.Net;
using BenchmarkDotNet.Attributes;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Abstractions;
using LlamaGate.Benchmarks.InMemory;
using LlamaGate.Domain.Errors;
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
    private readonly Exchange _exchange = new("r1", startedAt: 0, CacheDirectives.None) { Answer = new PlainFacts() };

    private DefaultHttpContext? _request;
    private RequestLog? _log;

    [GlobalSetup]
    public async Task StartAsync()
    {
        _gateway = await MemoryGateway.StartAsync(RecordedUpstream.Answer("chat_nonstream"));
        _exchange.Describe("plain", isStream: false, () => []);
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
            _log!.Write(_request!, _exchange);
        }

        _gateway.Log.WaitFor(lines, LongestWait);
        return _gateway.Log.Lines;
    }

    private sealed class PlainFacts : IAnswerFacts
    {
        public CacheOutcome Cache => CacheOutcome.Miss;

        public TokenUsage? Usage { get; } = new(7, 8);

        public GenerationTimings? Timings => null;

        public TimeSpan? TimeToFirstToken { get; } = TimeSpan.FromMilliseconds(12);

        public TimeSpan? UpstreamTime { get; } = TimeSpan.FromMilliseconds(12);

        public IReadOnlyList<RequestField> Ignored => [];

        public int? ExceededContext => null;
    }
}
