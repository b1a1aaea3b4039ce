using System.Text.Json;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.Time.Testing;

namespace LlamaGate.Infrastructure.Tests.Ollama.Hosts;

public sealed class CapabilityCacheTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly MemoryUpstream _upstream;
    private readonly CapabilityCache _capabilities;
    private string _recording = "show_ok";

    public CapabilityCacheTests()
    {
        _upstream = new MemoryUpstream(_clock) { Answer = _ => MemoryUpstream.Recorded(_recording) };
        _capabilities = new CapabilityCache(_upstream.Calls, _clock);
    }

    public void Dispose()
    {
        _capabilities.Dispose();
        _upstream.Dispose();
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
        Assert.Single(_upstream.Requests);
        _clock.Advance(TimeSpan.FromSeconds(1));
        await GetAsync();
        Assert.Equal(2, _upstream.Requests.Count);
    }

    [Theory]
    [InlineData("plain:latest", 0, 1)]
    [InlineData("plain:latest", 1, 2)]
    [InlineData("other:latest", 1, 1)]
    public async Task Observe_AModelOfTheList_IsReadAnewOnlyWhenItChanged(string name, int secondsLater, int reads)
    {
        await GetAsync();
        var modifiedAt = JsonElement.Parse(Recording.Named("show_ok").Body).GetProperty("modified_at").GetDateTimeOffset();
        _capabilities.Observe([new ModelInfo(name, modifiedAt.AddSeconds(secondsLater))]);
        await GetAsync();
        Assert.Equal(reads, _upstream.Requests.Count);
    }

    [Theory]
    [InlineData("PLAIN")]
    [InlineData("plain:latest")]
    [InlineData("Plain:Latest")]
    public async Task Get_OfAnotherSpelling_IsAnsweredFromMemory(string spelling)
    {
        await GetAsync();
        await GetAsync(spelling);
        Assert.Single(_upstream.Requests);
    }

    [Fact]
    public async Task Get_WhileTheSameModelIsRead_SharesTheCall()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _upstream.Answer = _ => answer.Task;
        using var leaving = new CancellationTokenSource();
        var left = _capabilities.GetAsync("plain", MemoryUpstream.Context, leaving.Token).AsTask();
        var stays = GetAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        answer.SetResult(await MemoryUpstream.Recorded("show_tiny"));
        Assert.True((await stays).CanThink);
        Assert.Single(_upstream.Requests);
    }

    private Task<ModelCapabilities> GetAsync(string model = "plain") =>
        _capabilities.GetAsync(model, MemoryUpstream.Context, CancellationToken.None).AsTask();
}
