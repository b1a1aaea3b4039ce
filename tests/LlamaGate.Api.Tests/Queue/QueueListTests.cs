using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Queue;

/// <summary>GET /v1/queue.</summary>
public sealed class QueueListTests
{
    private const string Path = "/v1/queue";
    private const string Key = "sk-queue";

    [Fact]
    public async Task Queue_OfAKey_IsItsCalls()
    {
        await using var bed = await StartAsync(
            new QueueEntry("c1", "plain:latest", QueueState.Running)
            {
                Eta = TimeSpan.Zero,
                Waited = TimeSpan.FromMilliseconds(2149),
                Host = "gpu1",
                RequestId = "r1",
            },
            new QueueEntry("c2", "qwen3:8b", QueueState.Loading)
            {
                Position = 1,
                Eta = TimeSpan.FromSeconds(9),
                Waited = TimeSpan.FromSeconds(61.25),
                Host = "gpu2",
                RequestId = "r2",
            },
            new QueueEntry("c3", "qwen3:8b", QueueState.Waiting) { Position = 12 });
        var answer = await GetAsync(bed, Key);
        Assert.Equal(200, answer.Status);
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
        Assert.Equal(
            """{"data":[{"id":"c1","model":"plain:latest","state":"running","position":0,"eta":0,"waited":2.1},"""
            + """{"id":"c2","model":"qwen3:8b","state":"waiting","position":1,"eta":9,"waited":61.2},"""
            + """{"id":"c3","model":"qwen3:8b","state":"waiting","position":12,"eta":null,"waited":0}]}""",
            answer.Body);
        Assert.DoesNotContain("X-LlamaGate-Cache", answer.Headers);
    }

    [Fact]
    public async Task Queue_OfManyCalls_IsTheFirstThousand()
    {
        await using var bed = await StartAsync(
            [.. Enumerable.Range(1, 1001).Select(i => new QueueEntry($"c{i}", "plain", QueueState.Waiting) { Position = i })]);
        var data = (await GetAsync(bed, Key)).Json.GetProperty("data");
        Assert.Equal((1000, 1000), (data.GetArrayLength(), data[999].GetProperty("position").GetInt32()));
    }

    [Fact]
    public async Task Queue_WithoutAKey_IsRefused()
    {
        await using var bed = await StartAsync();
        var answer = await GetAsync(bed, "wrong");
        Assert.Equal((401, "invalid_api_key"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Queue_AskedTooOften_IsLimited()
    {
        await using var bed = await StartAsync(settings => settings with { RateLimitRps = 1 });
        Assert.Equal("0", (await GetAsync(bed, Key)).Headers["x-ratelimit-remaining-requests"]);
        var answer = await GetAsync(bed, Key);
        Assert.Equal((429, "rate_limit_exceeded"), (answer.Status, answer.ErrorCode));
    }

    [Fact]
    public async Task Queue_OfHostsThatAreNotShared_IsEmpty()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.GetAsync(Path);
        Assert.Equal((200, """{"data":[]}"""), (answer.Status, answer.Body));
        Assert.Empty(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Queue_WithAnotherMethod_IsRefused()
    {
        await using var bed = await StartAsync();
        Assert.Equal(405, (await bed.PostAsync(Path, "{}", ("X-API-Key", Key))).Status);
    }

    private static Task<GatewayOverOllama> StartAsync(params QueueEntry[] calls) => StartAsync(settings => settings, calls);

    private static Task<GatewayOverOllama> StartAsync(Func<GatewaySettings, GatewaySettings> adjust, params QueueEntry[] calls) =>
        GatewayOverOllama.StartAsync(
            settings => adjust(settings with { ApiKey = Key }),
            builder => builder.Services.AddSingleton<IUpstreamQueue>(new FixedQueue("default", calls)));

    private static async Task<HttpAnswer> GetAsync(GatewayOverOllama bed, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Path);
        request.Headers.Add("X-API-Key", key);
        using var response = await bed.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>The calls of one key; the others have none.</summary>
    private sealed class FixedQueue(string keyId, IReadOnlyList<QueueEntry> calls) : IUpstreamQueue
    {
        public bool HasWaiting => calls.Count > 0;

        public ValueTask<IReadOnlyList<QueueEntry>?> ListAsync(string id, CancellationToken cancellationToken) =>
            new(id == keyId ? calls : []);
    }
}
