using LlamaGate.Infrastructure.Caching;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class ModelCatalogueTests : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);

    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryUpstream _upstream;
    private readonly RecordingLogger<ModelDigests> _logger = new();
    private readonly ModelCatalogue _catalogue;

    public ModelCatalogueTests()
    {
        _upstream = new MemoryUpstream(_clock) { Answer = _ => Tags("one") };
        _catalogue = new ModelCatalogue(
            _upstream.Calls, new ResponseCacheOptions { TimeToLive = TimeSpan.FromMinutes(5) }, _clock, _logger);
    }

    public void Dispose()
    {
        _catalogue.Dispose();
        _upstream.Dispose();
    }

    [Fact]
    public async Task List_OfTheRecording_IsInItsOrder()
    {
        _upstream.Answer = _ => MemoryUpstream.Recorded("tags_final");
        var models = await _catalogue.ListAsync(MemoryUpstream.Context, default);
        Assert.Equal(["vision:latest", "tiny:latest"], models.Take(2).Select(model => model.Name), StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("tiny", "94c9678d0651be7c2a43c59beeb7338e45f91aaba0cadd92219b5a5523ba794e")]
    [InlineData("TINY:Latest", "94c9678d0651be7c2a43c59beeb7338e45f91aaba0cadd92219b5a5523ba794e")]
    [InlineData("tiny:other", null)]
    [InlineData("none", null)]
    public async Task Digest_OfARecordedModel_IsFoundAsOllamaFindsModels(string model, string? digest)
    {
        _upstream.Answer = _ => MemoryUpstream.Recorded("tags");
        Assert.Equal(digest, await _catalogue.GetDigestAsync(model, default));
        Assert.Equal(digest, _catalogue.FindDigest(model));
    }

    [Theory]
    [InlineData("""{"name":"m:cloud","modified_at":"2026-01-01T00:00:00Z","digest":"d","remote_host":"https://x"}""")]
    [InlineData("""{"name":"m:cloud","modified_at":"2026-01-01T00:00:00Z"}""")]
    [InlineData("""{"name":"m:cloud","modified_at":"2026-01-01T00:00:00Z","digest":""}""")]
    [InlineData("null")]
    public async Task Digest_OfAModelWithout_IsNull(string tag)
    {
        _upstream.Answer = _ => MemoryUpstream.Json($$"""{"models":[{{tag}}]}""");
        Assert.Null(await _catalogue.GetDigestAsync("m:cloud", default));
    }

    [Fact]
    public async Task FindDigest_AtFirst_NeverWaitsAndReadsOnce()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.Answer = _ => answer.Task;
        Assert.Null(_catalogue.FindDigest("m"));
        Assert.Null(_catalogue.FindDigest("m"));
        var waiting = _catalogue.GetDigestAsync("m", default);
        Assert.False(waiting.IsCompleted);
        answer.SetResult(await Tags("one"));
        Assert.Equal("one", await waiting.AsTask().WaitAsync(LongestWait));
        Assert.Equal("one", _catalogue.FindDigest("m"));
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task GetDigest_OfAHangingUpstream_GivesUpAfterFiveSeconds()
    {
        _upstream.Answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;
        var waiting = _catalogue.GetDigestAsync("m", default).AsTask();
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await waiting.WaitAsync(LongestWait));
    }

    [Fact]
    public async Task GetDigest_OfALeavingCaller_LeavesTheReadingToTheOthers()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.Answer = _ => answer.Task;
        using var leaving = new CancellationTokenSource();
        var left = _catalogue.GetDigestAsync("m", leaving.Token).AsTask();
        var stays = _catalogue.GetDigestAsync("m", default).AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        answer.SetResult(await Tags("one"));
        Assert.Equal("one", await stays.WaitAsync(LongestWait));
    }

    [Fact]
    public async Task FindDigest_OfAModelPulledAnew_IsNewWithinHalfAMinute()
    {
        await _catalogue.GetDigestAsync("m", default);
        _upstream.Answer = _ => Tags("two");
        await PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("two", _catalogue.FindDigest("m"));
    }

    [Fact]
    public async Task FindDigest_WhileTagsCannotBeRead_IsTheLastKnown()
    {
        await _catalogue.GetDigestAsync("m", default);
        _upstream.Answer = _ => MemoryUpstream.Json("broken", status: 500);
        await PassAsync(TimeSpan.FromMinutes(2));
        Assert.Equal("one", _catalogue.FindDigest("m"));
        Assert.All(_logger.Events, logged => Assert.Equal("Debug DigestsUnread", logged));
        Assert.NotEmpty(_logger.Events);
        _upstream.Answer = _ => Tags("two");
        await PassAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("two", _catalogue.FindDigest("m"));
    }

    [Fact]
    public async Task FindDigest_AfterAFailedFirstReading_ReadsAnewAfterASecond()
    {
        _upstream.Answer = _ => throw new HttpRequestException("refused");
        Assert.Null(await _catalogue.GetDigestAsync("m", default));
        _upstream.Answer = _ => Tags("one");
        Assert.Null(await _catalogue.GetDigestAsync("m", default));
        _clock.Advance(Step);
        Assert.Equal("one", await _catalogue.GetDigestAsync("m", default));
    }

    [Fact]
    public async Task Polling_WhenNobodyNeedsDigests_StopsAndWhatIsKnownIsForgotten()
    {
        await _catalogue.GetDigestAsync("m", default);
        await PassAsync(TimeSpan.FromMinutes(6));
        var reads = _upstream.Requests.Count;
        Assert.InRange(reads, 15, 17);
        await PassAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(reads, _upstream.Requests.Count);

        _upstream.Answer = _ => Tags("two");
        Assert.Null(_catalogue.FindDigest("m"));
        Assert.Equal("two", await _catalogue.GetDigestAsync("m", default));
        Assert.Equal(reads + 1, _upstream.Requests.Count);
    }

    [Fact]
    public async Task List_WhileDigestsAreNeeded_RenewsThem()
    {
        await _catalogue.GetDigestAsync("m", default);
        _upstream.Answer = _ => Tags("two");
        await _catalogue.ListAsync(MemoryUpstream.Context, default);
        Assert.Equal("two", _catalogue.FindDigest("m"));
    }

    [Fact]
    public async Task List_WithoutNeedOfDigests_StartsNoPolling()
    {
        await _catalogue.ListAsync(MemoryUpstream.Context, default);
        await PassAsync(TimeSpan.FromMinutes(1));
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task List_OlderThanWhatIsKnown_ChangesNothing()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.Answer = _ => late.Task;
        var listing = _catalogue.ListAsync(MemoryUpstream.Context, default);
        _clock.Advance(Step);
        _upstream.Answer = _ => Tags("two");
        await _catalogue.GetDigestAsync("m", default);
        late.SetResult(await Tags("one"));
        await listing;
        Assert.Equal("two", _catalogue.FindDigest("m"));
    }

    [Fact]
    public async Task List_OfAChangedModel_ForgetsItsCapabilities()
    {
        _upstream.Answer = _ => MemoryUpstream.Recorded("show_ok");
        await _catalogue.GetCapabilitiesAsync("m", MemoryUpstream.Context, default);
        _upstream.Answer = _ => Tags("one");
        await _catalogue.ListAsync(MemoryUpstream.Context, default);
        _upstream.Answer = _ => MemoryUpstream.Recorded("show_tiny");
        Assert.True((await _catalogue.GetCapabilitiesAsync("m", MemoryUpstream.Context, default)).CanThink);
    }

    [Fact]
    public async Task Dispose_WhileAListIsRead_EndsTheReading()
    {
        _upstream.Answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;
        var waiting = _catalogue.GetDigestAsync("m", default).AsTask();
        _catalogue.Dispose();
        Assert.Null(await waiting.WaitAsync(LongestWait));
    }

    private static Task<HttpResponseMessage> Tags(string digest) => MemoryUpstream.Json(
        $$"""{"models":[{"name":"m:latest","modified_at":"2026-01-01T00:00:00Z","digest":"{{digest}}"}]}""");

    /// <summary>Lets time pass, and each reading that it starts come to its end.</summary>
    private async Task PassAsync(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += Step)
        {
            _clock.Advance(Step);
            await Task.Yield();
        }
    }
}
