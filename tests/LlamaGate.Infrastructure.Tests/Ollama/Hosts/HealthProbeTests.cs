using System.Net;
using System.Net.Sockets;
using LlamaGate.Domain.Health;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class HealthProbeTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Upstream _upstream = new();
    private readonly HttpMessageInvoker _http;
    private readonly HealthProbe _probe;

    public HealthProbeTests()
    {
        _http = new HttpMessageInvoker(_upstream);
        var options = new OllamaHostOptions { Name = "h", Address = new Uri("http://h:1/sub"), DisplayAddress = "there" };
        _probe = new HealthProbe(_http, new OllamaHost(options), _clock);
    }

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Check_AskedTogether_AsksOnce()
    {
        var first = _probe.CheckAsync(default);
        var second = _probe.CheckAsync(default);
        _upstream.Answer(HttpStatusCode.OK);
        Assert.Same(UpstreamHealth.Connected, await first);
        Assert.Same(UpstreamHealth.Connected, await second);
        Assert.Equal(["http://h:1/sub/api/version"], _upstream.Asked, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Check_WithinASecond_IsAnsweredFromMemoryAndThenAskedAnew()
    {
        _upstream.Answer(HttpStatusCode.OK);
        await _probe.CheckAsync(default);
        _upstream.Answer(HttpStatusCode.InternalServerError);
        _clock.Advance(TimeSpan.FromSeconds(1) - TimeSpan.FromTicks(1));
        Assert.True((await _probe.CheckAsync(default)).IsHealthy);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("Ollama returned status 500", (await _probe.CheckAsync(default)).Fault);
        Assert.Equal(2, _upstream.Asked.Count);
    }

    [Fact]
    public async Task Check_OfAHangingUpstream_EndsWithinFiveSeconds()
    {
        var check = _probe.CheckAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Same(UpstreamHealth.Unreachable, await check.WaitAsync(TimeSpan.FromSeconds(30)));
    }

    [Fact]
    public void DisplayAddress_OfTheHost_IsShown() => Assert.Equal("there", _probe.DisplayAddress);

    public static TheoryData<Exception> LostConnections() =>
        [new HttpRequestException("refused"), new IOException(), new SocketException((int)SocketError.NotConnected)];

    [Theory]
    [MemberData(nameof(LostConnections))]
    public async Task Check_OfALostConnection_IsUnreachable(Exception lost)
    {
        _upstream.Fail(lost);
        Assert.Same(UpstreamHealth.Unreachable, await _probe.CheckAsync(default));
    }

    [Fact]
    public async Task Caller_Leaving_DoesNotEndTheCheckOfTheOthers()
    {
        using var leaving = new CancellationTokenSource();
        var first = _probe.CheckAsync(leaving.Token);
        var second = _probe.CheckAsync(default);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        _upstream.Answer(HttpStatusCode.OK);
        Assert.True((await second).IsHealthy);
    }

    private sealed class Upstream : HttpMessageHandler
    {
        private TaskCompletionSource<HttpResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public List<string> Asked { get; } = [];

        public void Answer(HttpStatusCode status) => Set().SetResult(new HttpResponseMessage(status));

        public void Fail(Exception exception) => Set().SetException(exception);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            return _answer.Task.WaitAsync(cancellationToken);
        }

        private TaskCompletionSource<HttpResponseMessage> Set() =>
            _answer.Task.IsCompleted ? _answer = new(TaskCreationOptions.RunContinuationsAsynchronously) : _answer;
    }
}
