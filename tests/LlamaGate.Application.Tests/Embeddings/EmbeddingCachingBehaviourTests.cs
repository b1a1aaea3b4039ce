using System.Collections.Concurrent;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Accounts;
using LlamaGate.Application.Caching;
using LlamaGate.Application.Embeddings;
using LlamaGate.Application.Embeddings.Contracts;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Models;
using LlamaGate.Application.Tests.Accounts;
using LlamaGate.Application.Tests.Mapping;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Embeddings;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;

namespace LlamaGate.Application.Tests.Embeddings;

public class EmbeddingCachingBehaviourTests
{
    private static readonly EmbeddingResult Result = new(
        [new float[] { 1, 2 }], 3, new GenerationTimings(TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero));

    private readonly Mock<IEmbeddingClient> _client = new();
    private readonly Mock<IModelCatalogue> _models = new();
    private readonly Dictionary<string, object> _kept = new(StringComparer.Ordinal);
    private readonly SharedTasks<EmbeddingAnswer> _running = new();
    private readonly RecordList _records = [];
    private readonly UsageMeter _meter;
    private Task<EmbeddingResult> _upstream = Task.FromResult(Result);

    public EmbeddingCachingBehaviourTests()
    {
        _meter = new UsageMeter([_records], new UsageEstimates(Mock.Of<ITokenRatios>()), TimeProvider.System);
        _client.Setup(c => c.EmbedAsync(It.IsAny<EmbeddingRequest>(), It.IsAny<RequestContext>(), It.IsAny<CancellationToken>()))
            .Returns(() => _upstream);
        PullModel("sha256:1");
    }

    [Fact]
    public async Task Request_InAnotherEncoding_IsAnsweredFromTheSameVectors()
    {
        var made = await SendAsync(new() { EncodingFormat = "float" });
        var kept = await SendAsync(new() { EncodingFormat = "base64" });
        Assert.Equal((CacheOutcome.Miss, CacheOutcome.Hit), (made.Cache, kept.Cache));
        Assert.Same(made.Result, kept.Result);
        Assert.NotNull(made.UpstreamTime);
        var hit = Assert.Single(_records);
        Assert.Equal((UsageKind.CacheHit, UsageOperation.Embeddings, 3L, null), (hit.Kind, hit.Operation, hit.TokensSaved, hit.Host));
        Assert.Equal((null, null, null), (kept.UpstreamTime, kept.TimeToFirstToken, kept.Timings));
    }

    [Fact]
    public async Task Request_ForAModelThatWasPulledAgain_GoesUpstream()
    {
        await SendAsync(new());
        PullModel("sha256:2");
        Assert.Equal(CacheOutcome.Miss, (await SendAsync(new())).Cache);
    }

    [Fact]
    public async Task Vectors_ThatComeBeforeTheDigest_AreKeptUnderIt()
    {
        _models.Setup(m => m.FindDigest("m")).Returns((string?)null);
        _models.Setup(m => m.GetDigestAsync("m", It.IsAny<CancellationToken>())).Returns(() => ValueTask.FromResult<string?>("sha256:1"));
        await SendAsync(new());
        PullModel("sha256:1");
        Assert.Equal(CacheOutcome.Hit, (await SendAsync(new())).Cache);
    }

    [Theory]
    [InlineData(CacheDirectives.NoLookup, CacheOutcome.Bypass, 1)]
    [InlineData(CacheDirectives.NoStore, CacheOutcome.Miss, 0)]
    public async Task Directives_OfTheCaller_AreObeyed(CacheDirectives directives, CacheOutcome outcome, int kept)
    {
        Assert.Equal(outcome, (await SendAsync(new(), directives)).Cache);
        Assert.Equal(kept, _kept.Count);
    }

    [Fact]
    public async Task Requests_ThatAreEqualAtTheSameTime_ShareOneCall()
    {
        var answer = new TaskCompletionSource<EmbeddingResult>();
        _upstream = answer.Task;
        var both = new[] { SendAsync(new()), SendAsync(new()) };
        answer.SetResult(Result);
        var outcomes = (await Task.WhenAll(both)).Select(a => a.Cache).Order();
        Assert.Equal([CacheOutcome.Hit, CacheOutcome.Miss], outcomes);
        Assert.Single(_client.Invocations);
    }

    [Fact]
    public async Task Request_ForDimensionsThatTheModelLacks_FailsAndIsNotKept()
    {
        var failure = await Assert.ThrowsAsync<GatewayException>(() => SendAsync(new() { Dimensions = 3 }));
        Assert.Equal((GatewayError.InvalidRequest, RequestField.Dimensions), (failure.Error, failure.Field));
        Assert.Empty(_kept);
    }

    [Fact]
    public async Task Requests_ThatShareACallThatFails_EachReportTheFailure()
    {
        var answer = new TaskCompletionSource<EmbeddingResult>();
        _upstream = answer.Task;
        var failures = new ConcurrentQueue<EmbeddingFailure>();
        var both = new[] { SendAsync(new(), failed: failures.Enqueue), SendAsync(new(), failed: failures.Enqueue) };
        answer.SetException(new GatewayException(GatewayError.UpstreamError, "broken"));
        await Assert.ThrowsAsync<GatewayException>(() => Task.WhenAll(both));
        Assert.Equal([CacheOutcome.Hit, CacheOutcome.Miss], failures.Select(failure => failure.Cache).Order());
    }

    private void PullModel(string digest) => _models.Setup(m => m.FindDigest("m")).Returns(digest);

    private Task<EmbeddingAnswer> SendAsync(
        CreateEmbeddingRequest fields, CacheDirectives directives = CacheDirectives.None, Action<EmbeddingFailure>? failed = null)
    {
        var body = fields with { Model = "m", Input = new TextInput(["a"], IsArray: false) };
        var context = new RequestContext("id", new Caller("key", new CallerPolicy(1)), directives);
        var mapper = TestMapper.Create();
        var handler = new CreateEmbeddingsHandler(
            _client.Object, new EmbeddingModels(_models.Object, HostSharing.Off), mapper, TimeProvider.System);
        var cache = new TolerantCache(new KeepingCache(_kept), NullLogger<TolerantCache>.Instance);
        return new EmbeddingCachingBehaviour(cache, _running, _models.Object, mapper, _meter, TimeProvider.System, handler)
            .Handle(new CreateEmbeddingsCommand(body, context) { Failed = failed }, CancellationToken.None, next: () => Task.FromException<EmbeddingAnswer>(
                new InvalidOperationException("Shared work does not run on the caller's token.")));
    }

    private sealed class KeepingCache(Dictionary<string, object> kept) : IResponseCache
    {
        public bool IsEnabled => true;

        public bool IsDeterministicOnly => true;

        public long GatheringBytes => 0;

        public ValueTask<T?> FindAsync<T>(string key, CancellationToken cancellationToken)
            where T : class => ValueTask.FromResult((T?)kept.GetValueOrDefault(key));

        public ValueTask StoreAsync<T>(string key, T response, long size, CancellationToken cancellationToken)
            where T : class
        {
            kept[key] = response;
            return ValueTask.CompletedTask;
        }
    }
}
