using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class RunnerContextsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryUpstream _upstream;
    private readonly RunnerContexts _contexts;

    public RunnerContextsTests()
    {
        _upstream = new MemoryUpstream(_clock) { Answer = _ => MemoryUpstream.Recorded("ps_loaded") };
        _contexts = new RunnerContexts(_upstream.Calls, _clock);
    }

    public void Dispose()
    {
        _contexts.Dispose();
        _upstream.Dispose();
    }

    [Theory]
    [InlineData("tiny", 2048)]
    [InlineData("Tiny:latest", 2048)]
    [InlineData("plain", null)]
    public async Task Get_OfTheRecording_IsTheRunnersContext(string model, int? tokens) =>
        Assert.Equal(tokens, await GetAsync(model));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"models":[null,{"name":"tiny:latest"}]}""")]
    [InlineData("broken")]
    public async Task Get_OfAnAnswerWithout_IsNull(string answer)
    {
        _upstream.Answer = _ => MemoryUpstream.Json(answer);
        Assert.Null(await GetAsync("tiny"));
    }

    [Fact]
    public async Task Get_OfAnUpstreamThatFails_IsNull()
    {
        _upstream.Answer = _ => throw new HttpRequestException("refused");
        Assert.Null(await GetAsync("tiny"));
    }

    [Fact]
    public async Task Get_OfAHangingUpstream_GivesUpAfterFiveSeconds()
    {
        _upstream.Answer = _ => new TaskCompletionSource<HttpResponseMessage>().Task;
        var waiting = GetAsync("tiny");
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Null(await waiting.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public async Task Get_WithinHalfAMinute_IsAnsweredFromMemory()
    {
        await GetAsync("tiny");
        _clock.Advance(TimeSpan.FromSeconds(29));
        await GetAsync("tiny");
        Assert.Equal([("GET /api/ps", "")], _upstream.Requests);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync("tiny");
        Assert.Equal(2, _upstream.Requests.Count);
    }

    [Fact]
    public async Task Get_OfSeveralTogether_ReadsOnce()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.Answer = _ => answer.Task;
        var tiny = GetAsync("tiny");
        var plain = GetAsync("plain");
        answer.SetResult(await MemoryUpstream.Recorded("ps_loaded"));
        Assert.Equal(2048, await tiny);
        Assert.Null(await plain);
        Assert.Single(_upstream.Requests);
    }

    private Task<int?> GetAsync(string model) => _contexts.GetAsync(model, CancellationToken.None).AsTask();
}
