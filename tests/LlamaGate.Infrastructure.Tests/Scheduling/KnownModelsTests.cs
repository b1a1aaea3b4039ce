using System.Collections.Concurrent;
using System.Net;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.Infrastructure.Ollama.Routing;
using LlamaGate.Infrastructure.Scheduling;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Scheduling;

/// <summary>What names stand for on two hosts in memory, and where calls without a slot go.</summary>
public sealed class KnownModelsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ConcurrentDictionary<string, string> _models = new(StringComparer.Ordinal)
    {
        ["a"] = Listed("m:latest", "one"),
        ["b"] = Listed("m:latest", "two"),
    };

    private readonly OllamaHosts _hosts;
    private readonly KnownModels _known;

    public KnownModelsTests()
    {
        _hosts = new OllamaHosts(
            new OllamaOptions { Hosts = new HostList([Named("a"), Named("b")], isShared: true) },
            _ => new HttpMessageInvoker(new Upstream(this)),
            _clock,
            new HostLog(_clock, NullLogger<HostLog>.Instance));
        _known = new KnownModels(_hosts, new SharedBlobs(), _clock);
    }

    public void Dispose() => _hosts.Dispose();

    [Fact]
    public async Task LookForKey_BeforeTheFirstProbe_WaitsForIt()
    {
        var key = _known.LookForKeyAsync("m", CancellationToken.None);
        Assert.False(key.IsCompleted);
        _hosts.Start();

        Assert.Equal("one", await key);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("m:latest")]
    [InlineData("M")]
    public void FindKey_OfAnySpelling_IsTheDigestAtTheFirstHost(string name)
    {
        _hosts.Start();

        Assert.Equal("one", _known.FindKey(name));
    }

    [Fact]
    public async Task LookForKey_OfAModelThatWasPulledMeanwhile_FindsIt()
    {
        _hosts.Start();
        _models["b"] = Listed("new:latest", "three");

        Assert.Null(_known.FindKey("new"));
        Assert.Equal("three", await _known.LookForKeyAsync("new", CancellationToken.None));
    }

    [Fact]
    public async Task LookForKey_OfUnknownNames_AsksTheHostsOnceASecond()
    {
        _hosts.Start();
        _requests.Clear();
        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await _known.LookForKeyAsync($"none-{i}", CancellationToken.None));
        }

        Assert.Equal(2, _requests.Count(path => path == "/api/tags"));
        _clock.Advance(TimeSpan.FromSeconds(1));
        await _known.LookForKeyAsync("none", CancellationToken.None);
        Assert.Equal(4, _requests.Count(path => path == "/api/tags"));
    }

    [Fact]
    public void Choose_OfAName_TakesTheFirstThatHasItAsTheFirstHostHasIt()
    {
        _hosts.Start();

        Assert.Equal("a", Choose("m"));
        Assert.Null(Choose("m", failed: "a")); // The other host has another model under the name.
    }

    [Fact]
    public void Choose_OfAModelThatOnlyTheSecondHas_TakesIt()
    {
        _models["b"] = Listed("other:latest", "three");
        _hosts.Start();

        Assert.Equal("b", Choose("other"));
        Assert.Null(Choose("other", failed: "b"));
    }

    [Fact]
    public void Choose_OfAModelThatNobodyHas_TakesTheFirstForItsError()
    {
        _hosts.Start();

        Assert.Equal("a", Choose("none"));
        Assert.Equal("b", Choose("none", failed: "a"));
    }

    [Fact]
    public void Choose_BeforeTheListsAreKnown_TakesTheFirst() => Assert.Equal("a", Choose("m"));

    private static string Listed(string name, string digest) =>
        $$"""{"models":[{"name":"{{name}}","modified_at":"2026-01-01T00:00:00Z","digest":"{{digest}}","size":1}]}""";

    private static OllamaHostOptions Named(string name) =>
        new() { Name = name, Address = new Uri($"http://{name}:1"), DisplayAddress = name };

    private string? Choose(string model, string? failed = null) => HostChoice.Choose(
        _hosts.All, model, [.. _hosts.All.Select(probed => probed.Host).Where(host => host.Name == failed)])?.Host.Name;

    private sealed class Upstream(KnownModelsTests tests) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var address = request.RequestUri!; // Each request has one.
            tests._requests.Enqueue(address.AbsolutePath);
            var json = address.AbsolutePath switch
            {
                "/api/tags" => tests._models[address.Host],
                "/api/version" => """{"version":"1"}""",
                _ => """{"models":[]}""",
            };
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(json) });
        }
    }
}
