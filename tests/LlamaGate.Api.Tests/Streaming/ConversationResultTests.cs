using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Streaming;

/// <summary>How a conversation becomes an answer, whatever the dialect.</summary>
public sealed class ConversationResultTests : IAsyncDisposable
{
    private readonly Conversations _conversations = new();
    private RunningGateway? _gateway;

    [Fact]
    public async Task Plain_Answer_StatesLengthAndFacts()
    {
        using var answer = await GetAsync("plain");
        Assert.Equal("""{"tokens":5120}""", await answer.Content.ReadAsStringAsync());
        Assert.Equal(15, answer.Content.Headers.ContentLength);
        Assert.Equal("miss", Header(answer, "X-LlamaGate-Cache"));
        Assert.Equal("upstream;dur=44, load;dur=0, prompt;dur=0, eval;dur=0, gateway;dur=0", Header(answer, "Server-Timing"));
        Assert.Equal("logit_bias, EFFORT", Header(answer, "X-LlamaGate-Ignored"));
        Assert.Null(Header(answer, "X-LlamaGate-Context"));
        Assert.True(_conversations.Next.IsDisposed);
    }

    [Fact]
    public async Task IgnoredParts_OfTheAnswer_AreNamedOnceInTheDialectsWords()
    {
        _conversations.Next = new ScriptedConversation
        {
            Cache = CacheOutcome.Hit,
            KnownIgnored = [RequestField.Effort, RequestField.Suffix, RequestField.Tools],
        };
        using var answer = await GetAsync("plain");
        Assert.Equal("logit_bias, EFFORT, TOOLS", Header(answer, "X-LlamaGate-Ignored"));
    }

    [Fact]
    public async Task Plain_AnswerPastTheContext_IsNamedInHeaderAndLog()
    {
        _conversations.Next = PastTheContext();
        using var answer = await GetAsync("plain");
        Assert.Equal("shifted; context=4096; tokens=5120", Header(answer, "X-LlamaGate-Context"));
        Assert.EndsWith(
            "\"completion_tokens\":120,\"context\":\"shifted; context=4096; tokens=5120\"}", await RequestLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streamed_AnswerPastTheContext_IsNamedInTheLog()
    {
        _conversations.Next = PastTheContext();
        using var answer = await GetAsync("stream");
        Assert.Null(Header(answer, "X-LlamaGate-Context"));
        Assert.EndsWith(
            "\"completion_tokens\":120,\"context\":\"shifted; context=4096; tokens=5120\"}", await RequestLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Plain_Failure_KeepsItsStatusAndFacts()
    {
        _conversations.Next = new ScriptedConversation
        {
            Cache = CacheOutcome.Miss,
            KnownUpstreamTime = TimeSpan.FromMilliseconds(9),
            Failure = new GatewayException(GatewayError.UpstreamError, "broken") { Field = RequestField.Option, OptionName = ".x" },
        };
        using var answer = await GetAsync("plain");
        Assert.Equal(502, (int)answer.StatusCode);
        Assert.Equal(
            """{"error":{"message":"broken","type":"server_error","param":"OPTION.x","code":"upstream_error"}}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Null(Header(answer, "X-LlamaGate-Cache"));
        Assert.Null(Header(answer, "X-LlamaGate-Ignored"));
        Assert.True(_conversations.Next.IsDisposed);
        Assert.EndsWith(
            "\"stream\":false,\"cache\":\"miss\",\"upstream_ms\":9,\"error\":\"upstream_error\",\"param\":\"OPTION.x\"}", await RequestLineAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatBreaks_EndsWithTheDialectsError()
    {
        _conversations.Next.Moves(
            () => new(true), () => throw new GatewayException(GatewayError.ReaderTooSlow, "slow") { Field = RequestField.Prompt });
        using var answer = await GetAsync("stream");
        Assert.Equal(
            "data: 1\n\ndata: {\"error\":{\"message\":\"Server error: slow\",\"type\":\"server_error\",\"param\":\"PROMPT\",\"code\":\"reader_too_slow\"}}\n\n",
            await answer.Content.ReadAsStringAsync());
        Assert.True(_conversations.Next.IsDisposed);
    }

    [Fact]
    public async Task Stream_ThatFailsBeforeItsFirstEvent_KeepsItsStatus()
    {
        _conversations.Next.Moves(() => throw new GatewayException(GatewayError.ReaderTooSlow, "slow"));
        using var answer = await GetAsync("stream");
        Assert.Equal(503, (int)answer.StatusCode);
        Assert.True(_conversations.Next.IsDisposed);
    }

    [Fact]
    public async Task Stream_ThatIsSilent_IsKeptAliveInTheDialectsWay()
    {
        var waits = new TaskCompletionSource<bool>();
        _conversations.Next.Moves(() => new(true), () => new(waits.Task));
        var gateway = await StartAsync();
        using var answer = await gateway.Client.GetAsync("/v1/dialect/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        Assert.Equal("data: 1", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        gateway.Clock.Advance(new GatewaySettings().SseKeepAlive);
        Assert.Equal(": still here", await reader.ReadLineAsync());
        waits.SetResult(false);
        Assert.Equal("\ndata: end\n\n", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task Stream_OfACallerThatAsksForTimings_EndsWithThem()
    {
        _conversations.Next.Moves(() => new(true));
        var gateway = await StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/dialect/stream");
        request.Headers.Add("X-LlamaGate-Server-Timing", "true");
        using var answer = await gateway.Client.SendAsync(request);
        Assert.Equal(
            "data: 1\n\n: Server-Timing: upstream;dur=44, load;dur=0, prompt;dur=0, eval;dur=0, gateway;dur=0\n\ndata: end\n\n",
            await answer.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("", "anonymous", false)]
    [InlineData("k", "default", true)]
    public async Task RequestContext_OfARequest_HasItsIdItsCallerAndItsDirectives(string key, string id, bool hasKey)
    {
        var gateway = await StartAsync(new GatewaySettings { ApiKey = key, RateLimitRps = 7 });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/dialect/plain");
        request.Headers.Add("X-API-Key", key);
        request.Headers.Add("X-Request-ID", "r1");
        request.Headers.Add("Cache-Control", "no-store");
        using var answer = await gateway.Client.SendAsync(request);
        var context = _conversations.Context!;
        Assert.Equal(("r1", CacheDirectives.NoStore), (context.RequestId, context.CacheDirectives));
        Assert.Equal((id, hasKey, 7m), (context.Caller.Id, context.Caller.HasKey, context.Caller.Policy.RateLimitRps));
    }

    public async ValueTask DisposeAsync()
    {
        if (_gateway is not null)
        {
            await _gateway.DisposeAsync();
        }
    }

    private static ScriptedConversation PastTheContext() => new()
    {
        Cache = CacheOutcome.Miss,
        KnownUsage = new TokenUsage(5000, 120),
        KnownContext = 4096,
    };

    private static string? Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? values.Single() : null;

    private async Task<RunningGateway> StartAsync(GatewaySettings? settings = null) => _gateway = await RunningGateway.StartAsync(
        settings, builder => builder.Services.AddSingleton(_conversations));

    private async Task<HttpResponseMessage> GetAsync(string form) =>
        await (await StartAsync()).Client.GetAsync("/v1/dialect/" + form);

    private async Task<string> RequestLineAsync() => Assert.Single(
        await _gateway!.StopAndReadLogAsync(), line => line.Contains("\"latency\":", StringComparison.Ordinal));
}
