using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Scheduling;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>What the queue learns of each call, from requests as clients send them.</summary>
public sealed class CallDemandTests
{
    private const string Chat = "\"model\":\"short\",\"messages\":[{\"role\":\"system\",\"content\":\"abc\"},{\"role\":\"user\",\"content\":\"hé\"}]";

    [Fact]
    public async Task Calls_WithoutSharedHosts_HaveNoDemand()
    {
        var calls = await SendAsync("/v1/chat/completions", $"{{{Chat}}}", new GatewaySettings());
        Assert.Null(calls.Demand);
    }

    [Theory]
    [InlineData("/v1/chat/completions", "\"max_tokens\":7,\"options\":{\"num_ctx\":4096,\"top_k\":1},\"service_tier\":\"flex\"")]
    [InlineData("/v1/chat/completions", "\"options\":{\"num_predict\":7,\"num_ctx\":4096,\"num_gpu\":1},\"service_tier\":\"flex\"")]
    public async Task Chat_OnSharedHosts_SaysWhatItDemands(string path, string more)
    {
        var (demand, body) = await DemandAsync(path, $"{{{Chat},{more}}}");
        Assert.Equal((6, 0, 7, 4096), (demand.TextBytes, demand.Images, demand.MaxTokens, demand.Context));
        Assert.Equal((KeyPriority.Low, false, null), (demand.Priority, demand.HasTwoPasses, demand.Prefix));
        Assert.StartsWith("\"num_predict\":7", OptionsIn(body, demand), StringComparison.Ordinal);
        Assert.DoesNotContain("num_ctx", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chat_WithImageAndThinkingAndFormat_SaysIt()
    {
        var (demand, body) = await DemandAsync("/v1/chat/completions", """
            {"model":"m","think":true,"response_format":{"type":"json_object"},"messages":[{"role":"user","content":[
              {"type":"text","text":"abc"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="}}]}],"service_tier":"priority"}
            """);
        Assert.Equal((3, 1, null, true), (demand.TextBytes, demand.Images, demand.MaxTokens, demand.HasTwoPasses));
        // Nobody's class is higher than its own.
        Assert.Equal((KeyPriority.Normal, null), (demand.Priority, demand.OptionsAt));
        Assert.DoesNotContain("options", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/api/chat")]
    public async Task Prefix_OfEqualBeginnings_IsEqual(string path)
    {
        var system = new string('s', 2100);
        var one = await PrefixAsync("a");
        Assert.NotNull(one);
        Assert.Equal(one, await PrefixAsync("b"));
        system = "other" + system;
        Assert.NotEqual(one, await PrefixAsync("a"));

        async Task<long?> PrefixAsync(string question) => (await DemandAsync(
            path, $$"""{"model":"m","messages":[{"role":"system","content":"{{system}}"},{"role":"user","content":"{{question}}"}]}""")).Demand.Prefix;
    }

    [Fact]
    public async Task Completion_OnSharedHosts_SaysWhatItDemands()
    {
        var (demand, _) = await DemandAsync("/v1/completions", """{"model":"m","prompt":"abc","suffix":"de","service_tier":"flex"}""");
        Assert.Equal((5, KeyPriority.Low), (demand.TextBytes, demand.Priority));
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"embed","input":["abc","de"],"options":{"num_ctx":64,"seed":1}}""", "\"seed\":1")]
    [InlineData("/api/embed", """{"model":"embed","input":["abc","de"],"options":{"num_ctx":64}}""", "}")]
    public async Task Embeddings_OnSharedHosts_SayWhatTheyDemand(string path, string json, string options)
    {
        var (demand, body) = await DemandAsync(path, json);
        Assert.Equal((5, 0, 64, null), (demand.TextBytes, demand.MaxTokens, demand.Context, demand.Prefix));
        Assert.StartsWith(options, OptionsIn(body, demand), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Native_OnSharedHosts_SaysWhatItDemandsAndWhereOptionsAre()
    {
        var (demand, body) = await DemandAsync("/api/chat", """
            
              {"keep_alive":0,"model":"short","Options":{"num_gpu":1, "num_predict":7,"num_ctx":4096},"think":"low","format":{},
               "messages":[{"role":"user","content":"abc","images":["aa","bb"]},{"role":"assistant","tool_calls":[{"a":1}]}],"tools":[["x"],{"b":["c"]}],"stream":false}
            """);
        Assert.Equal((2, 7, 4096, true), (demand.Images, demand.MaxTokens, demand.Context, demand.HasTwoPasses));
        Assert.Equal(4 + 3 + 9 + 9 + 4, demand.TextBytes);
        Assert.StartsWith("{\"model\":\"a-longer-name\",\"Options\":{\"num_predict\":7}", body, StringComparison.Ordinal);
        Assert.StartsWith("\"num_predict\":7}", OptionsIn(body, demand), StringComparison.Ordinal);
    }

    /// <summary>Options that are null would undo what is inserted before them.</summary>
    [Fact]
    public async Task Native_OptionsThatAreNull_AreLeftOut()
    {
        var (demand, body) = await DemandAsync("/api/generate", """{"model":"m","options":null,"prompt":"abc"}""");
        Assert.Equal(("""{"model":"m","prompt":"abc"}""", null, 3), (body, demand.OptionsAt, demand.TextBytes));
    }

    [Fact]
    public async Task Wish_WhereTheOperatorAllowsIt_IsNotIgnored()
    {
        await using var shared = await SharedBed.StartAsync(
            """{"plain":{"max_ctx":8192}}""", settings => settings with { ModelAliases = VariableText.Aliases("short=plain")! });
        var chat = $"{{{Chat},\"options\":{{\"num_ctx\":64,\"num_gpu\":1}}}}";
        foreach (var (path, body, ignored) in ((string, string, string)[])
        [
            ("/v1/chat/completions", chat, "options.num_gpu"), ("/api/chat", chat, "options.num_gpu"),
            ("/v1/chat/completions", chat.Replace("short", "tiny", StringComparison.Ordinal), "options.num_ctx, options.num_gpu"),
        ])
        {
            Assert.Equal(ignored, (await shared.Bed.PostAsync(path, body)).Headers["X-LlamaGate-Ignored"]);
        }
    }

    private static async Task<(CallDemand Demand, string Body)> DemandAsync(string path, string json)
    {
        var (demand, body) = await SendAsync(path, json, new GatewaySettings { Scheduler = new SchedulerOptions { Slots = 1 } });
        return (demand!, body);
    }

    private static async Task<(CallDemand? Demand, string Body)> SendAsync(string path, string json, GatewaySettings chosen)
    {
        var queue = new RecordingQueue();
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { Scheduler = chosen.Scheduler, ModelAliases = VariableText.Aliases("short=a-longer-name")! },
            builder => builder.Services.AddSingleton<IUpstreamCalls>(queue));
        Assert.Equal("Refused.", TextOf(await bed.PostAsync(path, json)));
        return queue.Calls.Single();
    }

    private static string OptionsIn(string body, CallDemand demand) =>
        Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(body).AsSpan(demand.OptionsAt ?? 0));

    private static string? TextOf(HttpAnswer answer) => answer.Error.ValueKind is JsonValueKind.String
        ? answer.Error.GetString()
        : answer.Error.GetProperty("message").GetString();

    /// <summary>Records the calls that work on a model, and refuses them.</summary>
    private sealed class RecordingQueue : IUpstreamCalls
    {
        public ConcurrentQueue<(CallDemand? Demand, string Body)> Calls { get; } = new();

        public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken)
        {
            if (call.Endpoint is not UpstreamEndpoint.Show)
            {
                Calls.Enqueue((call.Demand, Encoding.UTF8.GetString(call.Body.Span)));
            }

            throw new GatewayException(GatewayError.QueueFull, "Refused.");
        }
    }
}
