using System.Text.Json;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public sealed class CapabilityCacheTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly HttpMessageInvoker _http;
    private readonly CapabilityCache _capabilities;
    private string _recording = "show_ok";
    private int _asked;

    public CapabilityCacheTests()
    {
        _http = new HttpMessageInvoker(new Upstream(this));
        var options = new OllamaOptions { Address = new Uri("http://ollama:11434"), DisplayAddress = "" };
        _capabilities = new CapabilityCache(new OllamaTransport(_http, options, _clock), _clock);
    }

    public void Dispose()
    {
        _capabilities.Dispose();
        _http.Dispose();
    }

    [Theory]
    [InlineData("show_tiny", true)]
    [InlineData("show_ok", false)]
    [InlineData("show_missing", null)]
    public async Task Get_OfARecordedModel_SaysWhetherItThinks(string recording, bool? thinks)
    {
        _recording = recording;
        Assert.Equal(thinks, (await GetAsync()).CanThink);
    }

    [Fact]
    public async Task Get_WithinHalfAMinute_IsAnsweredFromMemory()
    {
        await GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(29));
        await GetAsync();
        Assert.Equal(1, _asked);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync();
        Assert.Equal(2, _asked);
    }

    [Theory]
    [InlineData("plain:latest", 0, 1)]
    [InlineData("plain:latest", 1, 2)]
    [InlineData("other:latest", 1, 1)]
    public async Task Observe_AModelOfTheList_IsAskedAnewOnlyWhenItChanged(string name, int secondsLater, int asked)
    {
        await GetAsync();
        var modifiedAt = JsonElement.Parse(Recording.Named("show_ok").Body).GetProperty("modified_at").GetDateTimeOffset();
        _capabilities.Observe([new ModelInfo(name, modifiedAt.AddSeconds(secondsLater))]);
        await GetAsync();
        Assert.Equal(asked, _asked);
    }

    private Task<ModelCapabilities> GetAsync() => _capabilities.GetAsync("plain", requestId: null, CancellationToken.None).AsTask();

    private sealed class Upstream(CapabilityCacheTests test) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            test._asked++;
            var recording = Recording.Named(test._recording);
            return Task.FromResult(new HttpResponseMessage((System.Net.HttpStatusCode)recording.Status)
            {
                Content = new StringContent(recording.Body),
            });
        }
    }
}
