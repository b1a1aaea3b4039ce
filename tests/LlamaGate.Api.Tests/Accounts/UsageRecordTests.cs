using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.Domain.Accounts;
using LlamaGate.Domain.Callers;
using LlamaGate.Domain.Errors;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>Each call to a single host becomes one record, whatever the dialect.</summary>
public sealed class UsageRecordTests : IAsyncDisposable
{
    private const string Chat = "/v1/chat/completions";

    /// <summary>A load of 2.5 s, a prompt of 1 s and an answer of 2 s.</summary>
    private const string LastLine =
        """{"model":"plain","message":{"role":"assistant","content":"hello"},"response":"hello","done":true,"done_reason":"stop","total_duration":6000000000,"load_duration":2500000000,"prompt_eval_count":7,"prompt_eval_duration":1000000000,"eval_count":5,"eval_duration":2000000000}""";

    private const string Vectors =
        """{"model":"embed","embeddings":[[0.5,0.5]],"total_duration":6000000000,"load_duration":2500000000,"prompt_eval_count":7}""";

    private readonly SeenUsage _usage = new();
    private GatewayOverOllama? _bed;

    private GatewayOverOllama Bed => _bed!; // Each test starts it first.

    public async ValueTask DisposeAsync()
    {
        if (_bed is not null)
        {
            await _bed.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(Chat, """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData(Chat, """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":true}""", "/api/chat")]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi"}""", "/api/generate")]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi","stream":true}""", "/api/generate")]
    [InlineData("/v1/messages", """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("/v1/messages", """{"model":"plain","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("/v1/responses", """{"model":"plain","input":"hi"}""", "/api/chat")]
    [InlineData("/v1/responses", """{"model":"plain","input":"hi","stream":true}""", "/api/chat")]
    [InlineData("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("/api/generate", """{"model":"PLAIN:latest","prompt":"hi"}""", "/api/generate")]
    public async Task Generation_OfAnyDialect_IsOneRecord(string path, string body, string upstream)
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Scenario.Lines(LastLine), upstream);

        Assert.Equal(200, (await Bed.PostAsync(path, body)).Status);
        var record = Assert.Single(await _usage.NextAsync());

        AssertCall(record, upstream == "/api/chat" ? UsageOperation.Chat : UsageOperation.TextCompletion);
        Assert.Equal((5L, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), (record.TokensOut, record.Prompt, record.Eval));
    }

    [Theory]
    [InlineData("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"stream":false}""")]
    [InlineData("/api/generate", """{"model":"plain","prompt":"hi","stream":false}""")]
    public async Task NativeGeneration_ThatIsNoStream_IsOneRecord(string path, string body)
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Json(LastLine), path);

        Assert.Equal(200, (await Bed.PostAsync(path, body)).Status);
        var record = Assert.Single(await _usage.NextAsync());

        AssertCall(record, path == "/api/chat" ? UsageOperation.Chat : UsageOperation.TextCompletion);
        Assert.Equal((5L, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2)), (record.TokensOut, record.Prompt, record.Eval));
    }

    [Theory]
    [InlineData("/v1/embeddings")]
    [InlineData("/api/embed")]
    public async Task Embeddings_OfAnyDialect_CountAllButTheLoadAsPrompt(string path)
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Json(Vectors), "/api/embed");

        Assert.Equal(200, (await Bed.PostAsync(path, """{"model":"embed","input":"hi"}""")).Status);
        var record = Assert.Single(await _usage.NextAsync());

        AssertCall(record, UsageOperation.Embeddings, model: "embed");
        Assert.Equal((0L, TimeSpan.FromSeconds(3.5), TimeSpan.Zero), (record.TokensOut, record.Prompt, record.Eval));
    }

    [Fact]
    public async Task OlderEmbeddings_WhichReportNothing_CostTheTimeHeld()
    {
        await StartAsync();
        var gate = new Gate();
        Bed.Ollama.Enqueue(Scenario.Default.PauseAt(0, gate), "/api/embeddings");
        var answer = Bed.PostAsync("/api/embeddings", """{"model":"embed","prompt":"hi"}""");
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
        Bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(3));
        gate.Release();
        Assert.Equal(200, (await answer).Status);
        var record = Assert.Single(await _usage.NextAsync());
        Assert.Equal((UsageOutcome.Completed, UsageOperation.Embeddings), (record.Outcome, record.Operation));
        Assert.Equal((TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(3)), (record.GpuTime, record.Device));
    }

    [Fact]
    public async Task Chat_OfTwoChoices_IsTwoRecords()
    {
        await StartAsync();
        Assert.Equal(200, (await Bed.ChatAsync(ChatBody.With("\"n\":2"))).Status);
        var records = await _usage.NextAsync(2);
        Assert.Equal(2, records.Count);
        Assert.All(records, record => Assert.Equal(UsageOutcome.Completed, record.Outcome));
    }

    [Fact]
    public async Task Chat_WhoseClientLeaves_IsCancelledAndCostsTheTimeHeld()
    {
        await StartAsync();
        var gate = new Gate();
        Bed.Ollama.Enqueue(Scenario.Says("one", " two", " three").PauseAt(1, gate));
        using var leaving = new CancellationTokenSource();
        using (await Bed.OpenAsync(ChatBody.HiStreamed, leaving.Token))
        {
            await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
            Bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(4));
            await leaving.CancelAsync();
        }

        var record = Assert.Single(await _usage.NextAsync());
        Assert.Equal((UsageOutcome.Cancelled, null, TimeSpan.FromSeconds(4)), (record.Outcome, record.Error, record.GpuTime));
    }

    [Theory]
    [InlineData(Ending.Silent, GatewayError.UpstreamIncomplete)]
    [InlineData(Ending.ErrorLine, GatewayError.UpstreamError)]
    [InlineData(Ending.Reset, GatewayError.UpstreamUnreachable)]
    [InlineData(Ending.Garbage, GatewayError.UpstreamError)]
    public async Task Chat_ThatBreaksOff_IsFailedWithItsError(Ending ending, GatewayError error)
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Scenario.Says("one", " two", " three") with { Ending = ending, EndingAt = 2 });
        await Bed.ChatAsync(ChatBody.HiStreamed);
        var record = Assert.Single(await _usage.NextAsync());
        Assert.Equal((UsageOutcome.Failed, error), (record.Outcome, record.Error));
    }

    [Theory]
    [InlineData(Ending.Silent, GatewayError.UpstreamIncomplete)]
    [InlineData(Ending.ErrorLine, GatewayError.UpstreamError)]
    public async Task NativeChat_ThatBreaksOff_IsFailedWithItsError(Ending ending, GatewayError error)
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Scenario.Says("one", " two", " three") with { Ending = ending, EndingAt = 2 });
        await Bed.PostAsync("/api/chat", ChatBody.HiStreamed);
        var record = Assert.Single(await _usage.NextAsync());
        Assert.Equal((UsageOutcome.Failed, error), (record.Outcome, record.Error));
    }

    [Fact]
    public async Task Chat_ThatFailsBeforeItsFirstByte_CostsNothing()
    {
        await StartAsync();
        Bed.Ollama.Enqueue(Scenario.Fails(400));
        Assert.Equal(400, (await Bed.ChatAsync(ChatBody.Hi)).Status);
        var record = Assert.Single(await _usage.NextAsync());
        Assert.Equal((UsageOutcome.Failed, TimeSpan.Zero, null), (record.Outcome, record.GpuTime, record.FirstChunk));
    }

    [Fact]
    public async Task Chat_OfAModelThatIsNotThere_IsNoRecord()
    {
        await StartAsync();
        Assert.Equal(404, (await Bed.ChatAsync(ChatBody.ForModel("no-such-model", stream: false))).Status);
        Assert.Equal(200, (await Bed.ChatAsync(ChatBody.Hi)).Status);
        Assert.Equal("plain", Assert.Single(await _usage.NextAsync()).Model);
    }

    [Fact]
    public async Task Chat_OfUsersBehindOneKey_NamesTheUser()
    {
        var ui = new Caller("ui", new CallerPolicy(1_000_000) { ShareBy = ShareBy.User, UserHeader = "X-User" }) { HasKey = true };
        await StartAsync(callers: ui);
        await Bed.ChatAsync(ChatBody.Hi, ("X-User", "bob"));
        await Bed.ChatAsync(ChatBody.Hi);
        Assert.Equal([("ui", "bob"), ("ui", null)], (await _usage.NextAsync(2)).Select(record => (record.KeyId, record.User)));
    }

    private static Scenario Json(string text) => new() { Answer = new RawAnswer(200, "application/json; charset=utf-8") { Body = Encoding.UTF8.GetBytes(text) } };

    private void AssertCall(UsageRecord record, UsageOperation operation, string model = "plain")
    {
        Assert.Equal(("anonymous", null, model, HostName), (record.KeyId, record.User, record.Model, record.Host));
        Assert.Equal((UsageKind.Call, operation, UsageOutcome.Completed, null), (record.Kind, record.Operation, record.Outcome, record.Error));
        Assert.Equal((7L, TimeSpan.FromSeconds(2.5), TimeSpan.Zero), (record.TokensIn, record.Load, record.Waited));
        Assert.NotNull(record.FirstChunk);
    }

    private string HostName => $"{Bed.Ollama.Address.Host}:{Bed.Ollama.Address.Port}";

    private async Task StartAsync(Func<GatewaySettings, GatewaySettings>? adjust = null, params Caller[] callers) =>
        _bed = await GatewayOverOllama.StartAsync(adjust, builder =>
        {
            _usage.Register(builder);
            if (callers.Length > 0)
            {
                NamedCallers.Are(callers)(builder);
            }
        });
}
