using System.Text;
using LlamaGate.Api.Tests.Authentication;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Policies;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Accounts;

/// <summary>What a key may use per day, in every dialect. Of the clock's day 22:09:04 are left.</summary>
public sealed class QuotaTests : IAsyncLifetime, IDisposable
{
    private const string Ann = "lg-ann-0123456789";
    private const string Gpu = "lg-gpu-0123456789";
    private const string Free = "lg-free-0123456789";
    private const string Reset = "22h9m4s";

    /// <summary>After a change of the keys file.</summary>
    private const string Later = "22h9m2s";

    /// <summary>12 tokens, 3 s.</summary>
    private const string LastLine =
        """{"model":"plain","message":{"role":"assistant","content":"hello"},"response":"hello","done":true,"done_reason":"stop","prompt_eval_count":7,"prompt_eval_duration":1000000000,"eval_count":5,"eval_duration":2000000000}""";

    private readonly TemporaryKeys _keys = new(Key(Ann, "\"tokens_per_day\":12"), Key(Gpu, "\"gpu_seconds_per_day\":3"), Key(Free, ""));

    private GatewayOverOllama _bed = null!; // Set before any test runs.

    public static TheoryData<string, string> Calls => new()
    {
        { "/v1/chat/completions", ChatBody.Hi },
        { "/v1/chat/completions", ChatBody.HiStreamed },
        { "/v1/completions", """{"model":"plain","prompt":"hi"}""" },
        { "/v1/completions", """{"model":"plain","prompt":"hi","stream":true}""" },
        { "/v1/responses", """{"model":"plain","input":"hi"}""" },
        { "/v1/responses", """{"model":"plain","input":"hi","stream":true}""" },
        { "/v1/messages", """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""" },
        { "/v1/messages", """{"model":"plain","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""" },
        { "/v1/embeddings", """{"model":"embed","input":"hi"}""" },
        { "/api/chat", ChatBody.Hi },
        { "/api/generate", """{"model":"plain","prompt":"hi"}""" },
        { "/api/embed", """{"model":"embed","input":"hi"}""" },
    };

    public async Task InitializeAsync() => _bed = await GatewayOverOllama.StartAsync(
        settings => settings with { KeysFile = _keys.Path, CacheEnabled = true });

    public async Task DisposeAsync() => await _bed.DisposeAsync();

    public void Dispose() => _keys.Dispose();

    [Theory]
    [MemberData(nameof(Calls))]
    public async Task Call_OfAKeyWhoseTokensAreUsedUp_IsRefusedInItsDialect(string path, string body)
    {
        await UseUpAsync(Ann);
        var upstream = _bed.Ollama.Requests.Count;
        var answer = await PostAsync(Ann, path, body);

        Assert.Equal((429, "false"), (answer.Status, answer.Headers["x-should-retry"]));
        Assert.False(answer.Headers.ContainsKey("Retry-After"));
        Assert.Equal(upstream, _bed.Ollama.Requests.Count(request => request.Path != "/api/show"));
        const string Message = "The key 'ann' has used up its quota of 12 tokens (tokens_per_day) for today, or its running calls will. "
            + "The quota resets at 2023-12-22 00:00 UTC.";
        if (path.StartsWith("/api/", StringComparison.Ordinal))
        {
            Assert.Equal($$"""{"error":"{{Message}}"}""", answer.Body);
        }
        else if (path == "/v1/messages")
        {
            Assert.Equal(("rate_limit_error", Message), (answer.Error.GetProperty("type").GetString(), answer.Error.GetProperty("message").GetString()));
            Assert.Equal(("12", "0"), (answer.Headers["anthropic-ratelimit-tokens-limit"], answer.Headers["anthropic-ratelimit-tokens-remaining"]));
        }
        else
        {
            Assert.Equal(("insufficient_quota", "insufficient_quota"), (answer.Error.GetProperty("type").GetString(), answer.ErrorCode));
            Assert.Equal(Message, answer.Error.GetProperty("message").GetString());
            Assert.Equal(("12", "0"), (answer.Headers["x-ratelimit-limit-tokens"], answer.Headers["x-ratelimit-remaining-tokens"]));
        }
    }

    [Fact]
    public async Task Call_OfAKeyWhoseGpuSecondsAreUsedUp_IsRefused()
    {
        await UseUpAsync(Gpu);
        var answer = await PostAsync(Gpu, "/v1/chat/completions", ChatBody.Hi);
        Assert.Equal((429, "insufficient_quota"), (answer.Status, answer.ErrorCode));
        Assert.Contains("3 GPU seconds (gpu_seconds_per_day)", answer.Body, StringComparison.Ordinal);
        Assert.Equal(
            ("3", "0", Reset),
            (answer.Headers["x-ratelimit-limit-gpu-seconds"], answer.Headers["x-ratelimit-remaining-gpu-seconds"],
                answer.Headers["x-ratelimit-reset-gpu-seconds"]));
        Assert.False(answer.Headers.ContainsKey("x-ratelimit-limit-tokens"));
    }

    [Fact]
    public async Task Answer_OfAKeyWithAQuota_SaysWhatIsLeft()
    {
        Limit(Ann, 100);
        _bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/chat");
        var answer = await PostAsync(Ann, "/v1/chat/completions", ChatBody.Hi);
        AssertTokens(("100", "88", Later), answer);
        // The same answer from the cache costs nothing.
        var hit = await PostAsync(Ann, "/v1/chat/completions", ChatBody.Hi);
        Assert.Equal("hit", hit.Headers["X-LlamaGate-Cache"]);
        AssertTokens(("100", "88", Later), hit);
    }

    /// <summary>Ollama's old endpoint for embeddings does not say how many tokens it has read.</summary>
    [Fact]
    public async Task Embeddings_WithoutCounts_UseTheQuotaUp()
    {
        const string Body = """{"model":"embed","prompt":"a text of about ten tokens, of four bytes each"}""";
        Assert.Equal(200, (await PostAsync(Ann, "/api/embeddings", Body)).Status);
        Assert.Equal(429, (await PostAsync(Ann, "/api/embeddings", Body)).Status);
    }

    /// <summary>Its headers are sent before it is known what it uses.</summary>
    [Fact]
    public async Task Stream_OfAKeyWithAQuota_CountsItsEstimate()
    {
        Limit(Ann, 100);
        var gate = new Gate();
        _bed.Ollama.Enqueue(Scenario.Lines("""{"model":"plain","message":{"role":"assistant","content":"a"},"done":false}""", LastLine).PauseAt(1, gate));
        using (var request = Chat(Ann, ChatBody.With("\"stream\":true,\"max_tokens\":20")))
        using (var response = await _bed.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead))
        {
            Assert.Equal("79", response.Headers.GetValues("x-ratelimit-remaining-tokens").Single());
            gate.Release();
            await response.Content.ReadAsStringAsync();
        }

        await _bed.RunningAsync(0);
        AssertTokens(("100", "88", Later), await PostAsync(Ann, "/v1/chat/completions", """{"model":"plain"}"""));
    }

    [Fact]
    public async Task Message_OfAKeyWithAQuota_SaysWhatIsLeftAsAnthropicDoes()
    {
        Limit(Ann, 100);
        _bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/chat");
        var answer = await PostAsync(Ann, "/v1/messages", """{"model":"plain","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal(
            ("100", "88", "2023-12-22T00:00:00Z"),
            (answer.Headers["anthropic-ratelimit-tokens-limit"], answer.Headers["anthropic-ratelimit-tokens-remaining"],
                answer.Headers["anthropic-ratelimit-tokens-reset"]));
        Assert.False(answer.Headers.ContainsKey("x-ratelimit-limit-tokens"));
    }

    [Fact]
    public async Task Answer_OfAKeyWithoutAQuota_SaysNothing()
    {
        var answer = await PostAsync(Free, "/v1/chat/completions", ChatBody.Hi);
        Assert.Equal(200, answer.Status);
        Assert.DoesNotContain(answer.Headers.Keys, name => name.Contains("-tokens", StringComparison.Ordinal) || name.Contains("gpu", StringComparison.Ordinal));
    }

    [Fact]
    public async Task ChangedFile_ChangesTheLimitAtOnceAndKeepsTheUse()
    {
        await UseUpAsync(Ann);
        Limit(Ann, 13);
        var answer = await PostAsync(Ann, "/v1/chat/completions", ChatBody.With("\"max_tokens\":1"));
        Assert.Equal((200, "13"), (answer.Status, answer.Headers["x-ratelimit-limit-tokens"]));
        Assert.Equal(429, (await PostAsync(Ann, "/v1/chat/completions", ChatBody.With("\"max_tokens\":2"))).Status);
    }

    [Fact]
    public async Task Midnight_MakesTheQuotaAvailableAgain()
    {
        await UseUpAsync(Ann);
        Assert.Equal(429, (await PostAsync(Ann, "/v1/chat/completions", ChatBody.Hi)).Status);
        _bed.Gateway.Clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(200, (await PostAsync(Ann, "/v1/chat/completions", ChatBody.Hi)).Status);
    }

    [Fact]
    public async Task OtherKeys_AreNotConcerned()
    {
        await UseUpAsync(Ann);
        Assert.Equal(200, (await PostAsync(Free, "/v1/chat/completions", ChatBody.Hi)).Status);
        Assert.Equal(200, (await PostAsync(Gpu, "/v1/chat/completions", ChatBody.Hi)).Status);
    }

    [Fact]
    public async Task Client_ThatLeaves_GivesItsReservationBack()
    {
        Limit(Ann, 100);
        var gate = new Gate();
        _bed.Ollama.Enqueue(Scenario.Says("one", " two").PauseAt(1, gate));
        using var leaving = new CancellationTokenSource();
        using var request = Chat(Ann, ChatBody.HiStreamed);
        var left = _bed.Client.SendAsync(request, leaving.Token);
        await gate.Reached.WaitAsync(GatewayOverOllama.LongestWait);
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        await _bed.RunningAsync(0);
        // It comes back when the upstream call has ended, which may be after the request.
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        HttpAnswer answer;
        do
        {
            limit.Token.ThrowIfCancellationRequested();
            answer = await PostAsync(Ann, "/v1/chat/completions", """{"model":"plain"}""");
        }
        while (answer.Headers["x-ratelimit-remaining-tokens"] == "0");

        AssertTokens(("100", "100", Later), answer);
    }

    private static HttpRequestMessage Chat(string secret, string body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {secret}");
        return request;
    }

    private static string Key(string secret, string members) => TemporaryKeys.Key(secret.Split('-')[1], secret, members);

    private static void AssertTokens((string Limit, string Remaining, string Reset) expected, HttpAnswer answer) => Assert.Equal(
        expected,
        (answer.Headers["x-ratelimit-limit-tokens"], answer.Headers["x-ratelimit-remaining-tokens"], answer.Headers["x-ratelimit-reset-tokens"]));

    private void Limit(string secret, int tokens)
    {
        _keys.Write(Key(secret, $"\"tokens_per_day\":{tokens}"), Key(Free, ""));
        _bed.Gateway.Clock.Advance(TimeSpan.FromSeconds(2));
    }

    private async Task UseUpAsync(string secret)
    {
        _bed.Ollama.Enqueue(Scenario.Lines(LastLine), "/api/generate");
        Assert.Equal(200, (await PostAsync(secret, "/api/generate", """{"model":"plain","prompt":"use up"}""")).Status);
    }

    private Task<HttpAnswer> PostAsync(string secret, string path, string body) =>
        _bed.PostAsync(path, body, NamedCallers.Key(secret));
}
