using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Telemetry;

/// <summary>Traces: continued from the caller, sent upstream, and exported only where that is configured.</summary>
public sealed class TraceTests
{
    private const string TraceId = "0af7651916cd43dd8448eb211c80319c";
    private const string CallerSpan = "b7ad6b7169203331";
    private const string Parent = $"00-{TraceId}-{CallerSpan}-01";

    private static readonly (string, string)[] Trace =
        [("traceparent", Parent), ("tracestate", "vendor=1"), ("baggage", "user=anna")];

    [Fact]
    public async Task Call_WithoutTraceAndExporter_HasNoHeaderOfTraces()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        var sent = await bed.NextChatUpstreamAsync();
        Assert.DoesNotContain(sent.Headers.Keys, IsOfTraces);
    }

    [Fact]
    public async Task Call_WithATraceButNoExporter_PassesItOnWithoutBaggage()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Trace)).Status);
        var sent = await bed.NextChatUpstreamAsync();
        Assert.Equal((Parent, "vendor=1"), (sent.Headers["traceparent"], sent.Headers["tracestate"]));
        Assert.DoesNotContain("baggage", sent.Headers.Keys, StringComparer.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Call_WithABrokenTrace_PassesNothingOn()
    {
        await using var bed = await ScrapedGateway.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, ("traceparent", "00-broken"), ("tracestate", "vendor=1"))).Status);
        Assert.DoesNotContain((await bed.NextChatUpstreamAsync()).Headers.Keys, IsOfTraces);
    }

    [Fact]
    public async Task Call_WithAnExporter_ContinuesTheTraceAndSendsItsSpanUpstream()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(null, Exporting(receiver));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, Trace)).Status);
        var sent = await bed.NextChatUpstreamAsync();
        var spans = await receiver.NextSpansAsync(2);
        var (call, request) = (spans[0], spans[1]);

        Assert.Equal(("POST /v1/chat/completions", 2, TraceId, CallerSpan), (request.Name, request.Kind, request.TraceId, request.ParentId));
        Assert.Equal(("chat plain", 3, TraceId, request.Id), (call.Name, call.Kind, call.TraceId, call.ParentId));
        Assert.Equal("vendor=1", call.State);
        Assert.Equal($"00-{TraceId}-{call.Id}-01", sent.Headers["traceparent"]);
        Assert.Equal("vendor=1", sent.Headers["tracestate"]);
        Assert.DoesNotContain("baggage", sent.Headers.Keys, StringComparer.OrdinalIgnoreCase);
        Assert.Equal("200", request.Attributes["http.response.status_code"]);
        Assert.Equal("anonymous", request.Attributes["llamagate.key"]);
        Assert.Equal(bed.Ollama.Address.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), call.Attributes["server.port"]);
        Assert.Equal(("chat", "ollama", "plain", "plain"), (
            call.Attributes["gen_ai.operation.name"], call.Attributes["gen_ai.provider.name"],
            call.Attributes["gen_ai.request.model"], call.Attributes["gen_ai.response.model"]));
        Assert.True(call.Attributes.ContainsKey("gen_ai.usage.output_tokens"));
        Assert.DoesNotContain("error.type", call.Attributes.Keys, StringComparer.Ordinal);
    }

    [Fact]
    public async Task Call_OfATraceThatIsNotSampled_IsNotExportedButPassedOn()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(null, Exporting(receiver));
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi, ("traceparent", $"00-{TraceId}-{CallerSpan}-00"))).Status);
        var sent = (await bed.NextChatUpstreamAsync()).Headers["traceparent"];
        Assert.StartsWith($"00-{TraceId}-", sent, StringComparison.Ordinal);
        Assert.EndsWith("-00", sent, StringComparison.Ordinal);
        // The next one is exported, and is the first that comes.
        Assert.Equal(200, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.All(await receiver.NextSpansAsync(2), span => Assert.False(span.TraceId == TraceId));
    }

    [Fact]
    public async Task Call_ThatFails_HasItsErrorInBothSpans()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(null, Exporting(receiver));
        bed.Ollama.Enqueue(Scenario.Parse("status-500"));
        bed.Ollama.Enqueue(Scenario.Parse("status-500"));
        Assert.Equal(502, (await bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.All(await receiver.NextSpansAsync(2), span => Assert.Equal("upstream_error", span.Attributes["error.type"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_WhoseClientLeaves_HasTheLogsStatus(bool stream)
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(null, Exporting(receiver));
        bed.Ollama.Enqueue(Scenario.Counts(8) with { Ending = Ending.Hang, EndingAt = 1 });
        using var leaving = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions");
        request.Content = new StringContent(ChatBody.ForModel("plain", stream), Encoding.UTF8, "application/json");
        var asked = bed.Client.SendAsync(request, HttpCompletionOption.ResponseContentRead, leaving.Token);
        await bed.NextChatUpstreamAsync();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        var span = Assert.Single(await receiver.NextSpansAsync(2), span => span.Kind == 2);
        Assert.Equal(("499", "client_left"), (span.Attributes["http.response.status_code"], span.Attributes["error.type"]));
    }

    [Fact]
    public async Task Call_ThatWaits_HasSpansOfTheQueueAndTheLoad()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await GatewayOverHosts.StartAsync(
            [new EmulatorOptions()], settings => ScrapedGateway.With(settings, Exporting(receiver)), configure: ScrapedGateway.Separate);
        Assert.Equal(200, (await bed.ChatAsync("plain", Trace)).Status);
        var spans = await receiver.NextSpansAsync(3);
        var request = Assert.Single(spans, span => span.Kind == 2);
        var wait = Assert.Single(spans, span => span.Name == "queue");
        Assert.Equal((request.Id, "a", "1"), (wait.ParentId, wait.Attributes["llamagate.host"], request.Attributes["llamagate.queue.position"]));
        Assert.Equal((request.Id, "a"), Assert.Single(spans, span => span.Name == "chat plain") is var call
            ? (call.ParentId, call.Attributes["llamagate.host"]) : default);
    }

    [Fact]
    public async Task Spans_OfARequest_HoldNoPromptSecretOrAddress()
    {
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var bed = await ScrapedGateway.StartAsync(settings => settings with { ApiKey = "secret-key" }, Exporting(receiver));
        Assert.Equal(200, (await bed.ChatAsync(
            ChatBody.Saying("""[{"role":"user","content":"a-prompt-word"}]"""),
            ("Authorization", "Bearer secret-key"), ("X-Forwarded-For", "198.51.100.7"))).Status);
        var values = (await receiver.NextSpansAsync(2)).SelectMany(span => span.Attributes.Values).ToList();
        Assert.NotEmpty(values);
        Assert.DoesNotContain(values, value => value.Contains("a-prompt-word", StringComparison.Ordinal)
            || value.Contains("secret-key", StringComparison.Ordinal) || value.Contains("198.51.100.7", StringComparison.Ordinal));
    }

    private static (string, string)[] Exporting(OtlpReceiver receiver) =>
    [
        ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", $"{receiver.Address}/v1/traces"), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"),
        ("OTEL_BSP_SCHEDULE_DELAY", "20"),
    ];

    private static bool IsOfTraces(string header) =>
        header.StartsWith("trace", StringComparison.OrdinalIgnoreCase) || header.Equals("baggage", StringComparison.OrdinalIgnoreCase);
}
