using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.DependencyInjection;
using Moq;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>Equal questions that come together make one upstream call; a cache that fails is in nobody's way.</summary>
public class SharedCallTests
{
    private const int Callers = 8;

    [Fact]
    public async Task EqualQuestions_AskedTogether_MakeOneUpstreamCall()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream").PauseAt(0, gate));
        Task<HttpAnswer>[] calls = [.. Enumerable.Range(0, Callers).Select(_ => bed.ChatAsync(ChatBody.Hi))];
        await gate.Reached;
        gate.Release();
        var answers = await Task.WhenAll(calls);
        Assert.Single(answers.Select(a => a.BodyWithoutId).Distinct(StringComparer.Ordinal));
        Assert.Equal(Callers, answers.Select(a => a.Body).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Callers - 1, answers.Count(a => a.Headers["X-LlamaGate-Cache"] == "hit"));
        Assert.Single(bed.Ollama.Requests);
    }

    [Fact]
    public async Task FirstCaller_Leaving_DoesNotFailTheOthers()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream").PauseAt(0, gate));
        using var leaving = new CancellationTokenSource();
        var first = PostAsync(bed, leaving.Token);
        await gate.Reached;
        var second = bed.ChatAsync(ChatBody.Hi);
        var third = bed.ChatAsync(ChatBody.Hi);
        await AllInsideAsync(bed, 3);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        gate.Release();
        Assert.Equal(200, (await second).Status);
        Assert.Equal(200, (await third).Status);
    }

    [Fact]
    public async Task AllCallers_Leaving_CancelTheUpstreamCall()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream").PauseAt(0, gate));
        using var leaving = new CancellationTokenSource();
        Task[] calls = [PostAsync(bed, leaving.Token), PostAsync(bed, leaving.Token)];
        await gate.Reached;
        await AllInsideAsync(bed, 2);
        await leaving.CancelAsync();
        await (await bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Task.WhenAll(calls));
    }

    [Fact]
    public async Task SharedCall_ThatFails_FailsForAllInTheSameWay()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { CacheEnabled = true });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_missing_model").PauseAt(0, gate));
        // For a request that is inside but comes too late to share the call.
        bed.Ollama.Enqueue(Scenario.Recorded("chat_missing_model"));
        Task<HttpAnswer>[] calls = [bed.ChatAsync(ChatBody.Hi), bed.ChatAsync(ChatBody.Hi)];
        await gate.Reached;
        await AllInsideAsync(bed, 2);
        gate.Release();
        Assert.All(await Task.WhenAll(calls), a => Assert.Equal("model_not_found", a.ErrorCode));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CacheFault_AtLookUpOrStore_IsBypassedAndLogged(bool atLookUp)
    {
        var cache = new Mock<IResponseCache>();
        cache.SetupGet(c => c.IsEnabled).Returns(true);
        cache.SetupGet(c => c.GatheringBytes).Returns(1024 * 1024);
        cache.Setup(c => c.FindAsync<ConversationAnswer>(It.IsAny<string>(), It.IsAny<CancellationToken>()))
            .Returns(() => atLookUp ? throw new InvalidOperationException("cache down") : ValueTask.FromResult<ConversationAnswer?>(null));
        cache.Setup(c => c.StoreAsync(
                It.IsAny<string>(), It.IsAny<ConversationAnswer>(), It.IsAny<long>(), It.IsAny<CancellationToken>()))
            .Throws(new InvalidOperationException("cache down"));
        await using var bed = await GatewayOverOllama.StartAsync(configure: b => b.Services.AddSingleton(cache.Object));
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var answer = await bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(200, answer.Status);
        Assert.Equal(atLookUp ? "bypass" : "miss", answer.Headers["X-LlamaGate-Cache"]);
        Assert.Contains("Hello from the tiny test model.", answer.Body, StringComparison.Ordinal);
        var id = answer.Headers["X-Request-ID"];
        var faults = (await bed.Gateway.StopAndReadLogAsync()).Count(
            l => l.Contains($"for request {id} and is bypassed", StringComparison.Ordinal));
        Assert.Equal(atLookUp ? 2 : 1, faults);
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayOverOllama bed, CancellationToken cancellationToken) =>
        bed.Client.PostAsync("/v1/chat/completions", new StringContent(ChatBody.Hi, null, "application/json"), cancellationToken);

    /// <summary>All callers are inside the gateway; spinning on its own count, bounded.</summary>
    private static async Task AllInsideAsync(GatewayOverOllama bed, int callers)
    {
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        while (bed.Gateway.Drain.Running < callers)
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
