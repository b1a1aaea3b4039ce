using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Domain.Accounts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>An answer from the cache, or from an equal request in flight, becomes a record of what it saved.</summary>
public sealed class CacheHitRecordTests : IAsyncLifetime
{
    private const string Tokens = "one two three";

    private readonly SeenUsage _usage = new();
    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public async Task InitializeAsync() =>
        _bed = await GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true }, _usage.Register);

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"temperature":0}""", UsageOperation.Chat)]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"temperature":0,"stream":true}""", UsageOperation.Chat)]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi","temperature":0}""", UsageOperation.TextCompletion)]
    [InlineData("/v1/embeddings", """{"model":"embed","input":"hi"}""", UsageOperation.Embeddings)]
    public async Task Answer_FromTheCache_IsARecordOfWhatItSaved(string path, string body, UsageOperation operation)
    {
        await _bed.PostAsync(path, body);
        var call = Assert.Single(await _usage.NextAsync());
        Assert.Equal("hit", (await _bed.PostAsync(path, body)).Headers["X-LlamaGate-Cache"]);

        var records = await _usage.NextAsync();
        Assert.Equal(2, records.Count);
        var hit = records[1];
        Assert.Equal(
            (UsageKind.CacheHit, operation, UsageOutcome.Completed, null), (hit.Kind, hit.Operation, hit.Outcome, hit.Host));
        Assert.Equal((call.KeyId, call.Model), (hit.KeyId, hit.Model));
        Assert.Equal((call.TokensIn + call.TokensOut, 0L, 0L), (hit.TokensSaved, hit.TokensIn, hit.TokensOut));
        Assert.True(hit.TokensSaved > 0);
        Assert.Equal((TimeSpan.Zero, TimeSpan.Zero), (hit.GpuTime, hit.Device));
    }

    [Fact]
    public async Task Requests_ThatShareACall_AreChargedToTheFirst()
    {
        var gate = new Gate();
        _bed.Ollama.Enqueue(Scenario.Says(Tokens.Split(' ')).PauseAt(0, gate));
        Task<HttpAnswer>[] calls = [.. Enumerable.Range(0, 3).Select(_ => _bed.ChatAsync(ChatBody.Hi))];
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
        await _bed.RunningAsync(3);
        gate.Release();
        await Task.WhenAll(calls);

        var records = await _usage.NextAsync(3);
        var call = Assert.Single(records, record => record.Kind is UsageKind.Call);
        var hits = records.Where(record => record.Kind is UsageKind.CacheHit).ToArray();
        Assert.Equal(2, hits.Length);
        Assert.All(hits, hit => Assert.Equal(call.TokensIn + call.TokensOut, hit.TokensSaved));
    }
}
