using System.Collections.Concurrent;
using System.Net;
using LlamaGate.Domain.Errors;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

/// <summary>When hosts are probed, and what stays when the list changes. Everything is in memory, so that a probe ends at once.</summary>
public sealed class OllamaHostsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<string> _asked = [];
    private readonly List<Pool> _pools = [];
    private readonly HostList _list = new([Named("a")], isShared: true);
    private readonly OllamaHosts _hosts;
    private Func<string, HttpResponseMessage> _answer = path => Json(path.EndsWith("version", StringComparison.Ordinal)
        ? """{"version":"1"}"""
        : """{"models":[]}""");

    public OllamaHostsTests() => _hosts = new OllamaHosts(
        new OllamaOptions { Hosts = _list }, Connect, _clock, new HostLog(_clock, NullLogger<HostLog>.Instance));

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public void Host_BeforeTheStart_IsNotProbed()
    {
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Empty(_asked);
    }

    [Fact]
    public void Start_OfAHost_ReadsRunnersModelsAndVersion()
    {
        _hosts.Start();
        Assert.Equal(["a/api/ps", "a/api/tags", "a/api/version"], _asked, StringComparer.Ordinal);
        Assert.Equal("1", _hosts.All[0].Host.Version);
    }

    [Fact]
    public void Probes_WhileTheGatewayIsUsed_ComeEveryTwoSecondsAndTheModelsEveryThirty()
    {
        _hosts.Start();
        Pass(seconds: 30);
        Assert.Equal(16, _asked.Count(path => path == "a/api/ps"));
        Assert.Equal(2, _asked.Count(path => path == "a/api/tags"));
    }

    [Fact]
    public void Probes_WhileNobodyUsesTheGateway_ComeEveryTenSeconds()
    {
        _hosts.Start();
        Pass(seconds: 62);
        _asked.Clear();
        Pass(seconds: 60);
        Assert.Equal(6, _asked.Count(path => path == "a/api/ps"));
        Pass(seconds: 5);
        _asked.Clear();
        _hosts.NoteUse();
        Pass(seconds: 4);
        Assert.Equal(3, _asked.Count(path => path == "a/api/ps"));
    }

    [Fact]
    public void Probes_OfADownHost_BackOffUntilOneIsGood()
    {
        _hosts.Start();
        var good = _answer;
        _answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        Pass(seconds: 4);
        Assert.Equal(HostState.Down, _hosts.All[0].Host.State);
        _asked.Clear();
        Pass(seconds: 5 + 10 + 20 + 40 + 60 + 60);
        Assert.Equal(6, _asked.Count);
        _answer = good;
        Pass(seconds: 59);
        Assert.Equal(HostState.Down, _hosts.All[0].Host.State);
        Pass(seconds: 1);
        Assert.Equal(HostState.Up, _hosts.All[0].Host.State);
        Assert.Equal("a/api/tags", _asked.ElementAt(7));
    }

    [Theory]
    [InlineData("<html></html>")]
    [InlineData("null")]
    [InlineData("{\"models\":")]
    public void Host_ThatAnswersSomethingElse_IsDown(string body)
    {
        _answer = _ => Json(body);
        _hosts.Start();
        Assert.Equal(HostState.Down, _hosts.All[0].Host.State);
    }

    /// <summary>What is being read may be older than the reason for the request.</summary>
    [Fact]
    public void Models_RequestedWhileTheyAreRead_AreReadWithTheNextProbe()
    {
        var good = _answer;
        _answer = path =>
        {
            if (path.EndsWith("tags", StringComparison.Ordinal))
            {
                _hosts.All[0].Probe.RequestTags();
            }

            return good(path);
        };
        _hosts.Start();
        _answer = good;
        Pass(seconds: 4);
        Assert.Equal(2, _asked.Count(path => path == "a/api/tags"));
    }

    [Fact]
    public void Models_ThatCannotBeRead_StayAsLastKnownAndAreReadWithTheNextProbe()
    {
        _answer = path => Json(path.EndsWith("tags", StringComparison.Ordinal)
            ? """{"models":[{"name":"m:latest","modified_at":"2026-01-01T00:00:00Z","digest":"d"}]}"""
            : """{"models":[]}""");
        _hosts.Start();
        var before = _answer;
        _answer = path => path.EndsWith("tags", StringComparison.Ordinal) ? new(HttpStatusCode.InternalServerError) : Json("""{"models":[]}""");
        Pass(seconds: 40);
        Assert.Equal("d", _hosts.All[0].Host.Models!.Find("M")!.Digest);
        Assert.Equal(HostState.Up, _hosts.All[0].Host.State);
        _answer = before;
        _asked.Clear();
        Pass(seconds: 2);
        Assert.Contains("a/api/tags", _asked, StringComparer.Ordinal);
    }

    [Fact]
    public void Host_WhoseModelsWereNeverKnown_IsDownUntilTheyAre()
    {
        var good = _answer;
        _answer = path => path.EndsWith("tags", StringComparison.Ordinal) ? new(HttpStatusCode.InternalServerError) : good(path);
        _hosts.Start();
        Assert.Equal(HostState.Down, _hosts.All[0].Host.State);
        Assert.Equal("The list of models cannot be read: Ollama returned status 500", _hosts.All[0].Host.Health.Fault);
        _answer = good;
        _asked.Clear();
        Pass(seconds: 5);
        Assert.Equal(HostState.Up, _hosts.All[0].Host.State);
        Assert.Equal(["a/api/ps", "a/api/tags", "a/api/version"], _asked, StringComparer.Ordinal);
    }

    [Fact]
    public void NoHostFor_AModelThatNoHostHas_IsNotFoundOnceAllModelsAreKnown()
    {
        _hosts.Start();
        Assert.Equal(GatewayError.ModelNotFound, _hosts.NoHostFor("m").Error);
        _answer = _ => throw new HttpRequestException(HttpRequestError.ConnectionError);
        _list.Replace([Named("a"), Named("b")]);
        var failure = _hosts.NoHostFor("m");
        Assert.Equal(GatewayError.NoHost, failure.Error);
        Assert.Equal("No Ollama host that is up has the model 'm', and it is not known whether b has it.", failure.Message);
    }

    [Fact]
    public void Replace_OfTheList_KeepsAHostThatStaysAndProbesANewOneAtOnce()
    {
        _hosts.Start();
        var kept = _hosts.All[0];
        _asked.Clear();
        _list.Replace([Named("b"), Named("a") with { DisplayAddress = "elsewhere" }]);
        Assert.Same(kept, _hosts.All[1]);
        Assert.Equal("elsewhere", kept.Host.Server.DisplayAddress);
        Assert.Equal("b/api/ps", _asked.First());
        Assert.DoesNotContain(_pools, pool => pool.IsDisposed);
    }

    [Fact]
    public void Replace_OfARemovedHost_ClosesItsConnectionsAfterItsLastCall()
    {
        _hosts.Start();
        var removed = _hosts.All[0].Host;
        Assert.True(removed.TryEnter());
        _list.Replace([Named("b")]);
        Assert.False(removed.TryEnter());
        Assert.False(_pools[0].IsDisposed);
        removed.Leave();
        Assert.True(_pools[0].IsDisposed);
        _asked.Clear();
        Pass(seconds: 20);
        Assert.DoesNotContain(_asked, path => path.StartsWith('a'));
    }

    [Fact]
    public void Replace_OfAnAddress_MakesAnotherHost()
    {
        _list.Replace([Named("a") with { Address = new Uri("http://other:1") }]);
        Assert.Equal(2, _pools.Count);
        Assert.True(_pools[0].IsDisposed);
    }

    [Fact]
    public void Dispose_OfAll_ClosesTheirConnectionsAndEndsTheProbes()
    {
        _hosts.Start();
        _hosts.Dispose();
        _asked.Clear();
        Pass(seconds: 20);
        Assert.Empty(_asked);
        Assert.True(_pools[0].IsDisposed);
    }

    private static OllamaHostOptions Named(string name) =>
        new() { Name = name, Address = new Uri($"http://{name}:1"), DisplayAddress = name };

    private static HttpResponseMessage Json(string json) => new(HttpStatusCode.OK) { Content = new StringContent(json) };

    private void Pass(int seconds)
    {
        for (var i = 0; i < seconds; i++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    private HttpMessageInvoker Connect(OllamaHostOptions host)
    {
        var pool = new Pool(this);
        _pools.Add(pool);
        return new HttpMessageInvoker(pool);
    }

    private sealed class Pool(OllamaHostsTests tests) : HttpMessageHandler
    {
        public bool IsDisposed { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            tests._asked.Enqueue(request.RequestUri!.Host + request.RequestUri.AbsolutePath);
            return Task.FromResult(tests._answer(request.RequestUri.AbsolutePath));
        }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
