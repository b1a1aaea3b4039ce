using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Hosts;

/// <summary>What callers say about the loading of a model, on shared hosts: it never arrives there, and they are told.</summary>
public sealed class LoadOptionTests
{
    private const string Options = "\"options\":{\"num_gpu\":0,\"top_k\":5,\"num_ctx\":64,\"num_batch\":1,\"main_gpu\":0,\"use_mmap\":false,\"num_thread\":1,"
        + "\"draft_num_predict\":2,\"low_vram\":true,\"numa\":true}";

    private const string KeptOptions = "\"options\":{\"top_k\":5}";

    private const string IgnoredOptions =
        "options.num_gpu, options.num_ctx, options.num_batch, options.main_gpu, options.use_mmap, options.num_thread, "
        + "options.draft_num_predict, options.low_vram, options.numa";

    /// <summary>The endpoint, a body without the options, and where it goes.</summary>
    public static TheoryData<string, string, string> Dialects => new()
    {
        { "/v1/chat/completions", ChatBody.With("FIELDS"), "/api/chat" },
        { "/v1/chat/completions", ChatBody.With("\"stream\":true,FIELDS"), "/api/chat" },
        { "/v1/completions", """{"model":"plain","prompt":"hi",FIELDS}""", "/api/generate" },
        { "/v1/responses", """{"model":"plain","input":"hi",FIELDS}""", "/api/chat" },
        { "/v1/messages", """{"model":"plain","max_tokens":5,"messages":[{"role":"user","content":"hi"}],FIELDS}""", "/api/chat" },
        { "/v1/embeddings", """{"model":"embed","input":"hi",FIELDS}""", "/api/embed" },
        { "/api/chat", ChatBody.With("FIELDS"), "/api/chat" },
        { "/api/generate", """{"model":"plain","prompt":"hi",FIELDS}""", "/api/generate" },
        { "/api/embed", """{"model":"embed","input":"hi",FIELDS}""", "/api/embed" },
        { "/api/embeddings", """{"model":"embed","prompt":"hi",FIELDS}""", "/api/embeddings" },
    };

    /// <summary>Bodies of Ollama's own API, what arrives with the context of the runner, and what the caller is told.</summary>
    public static TheoryData<string, string, string> Native => new()
    {
        { """{ "model" : "plain", "keep_alive" : 0 }""", """{"options":{"num_ctx":8192}, "model" : "plain" }""", "keep_alive" },
        {
            """{"Keep_Alive":"1h","model":"plain","prompt":"","stream":false}""",
            """{"options":{"num_ctx":8192},"model":"plain","prompt":"","stream":false}""",
            "keep_alive"
        },
        { """{"shift":false,"model":"plain","prompt":"x"}""", """{"options":{"num_ctx":8192},"model":"plain","prompt":"x"}""", "shift" },
        {
            """{"model":"plain","options":{"num_ctx":1,"num_gpu":2 , "seed": 1.0,"num_batch":3,"stop":["\u00e9"]},"prompt":"é\u00e9"}""",
            """{"model":"plain","options":{"num_ctx":8192,"seed": 1.0,"stop":["\u00e9"]},"prompt":"é\u00e9"}""",
            "options.num_ctx, options.num_gpu, options.num_batch"
        },
        {
            """{"model":"plain","prompt":"x","OPTIONS":{"num_ctx":1}}""",
            """{"model":"plain","prompt":"x","OPTIONS":{"num_ctx":8192}}""",
            "options.num_ctx"
        },
        {
            """{"model":"plain","prompt":"x","options":{"num_ctx":1,"num_ctx":2,"NUM_CTX":3,"a":{"num_ctx":4}}}""",
            """{"model":"plain","prompt":"x","options":{"num_ctx":8192,"NUM_CTX":3,"a":{"num_ctx":4}}}""",
            "options.num_ctx"
        },
        {
            """{"model":"plain","prompt":"num_ctx","format":{"num_ctx":1}}""",
            """{"options":{"num_ctx":8192},"model":"plain","prompt":"num_ctx","format":{"num_ctx":1}}""",
            ""
        },
    };

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Options_ForLoading_NeverArriveAndAreNamed(string path, string body, string upstream)
    {
        await using var shared = await SharedBed.StartAsync();
        var answer = await shared.Bed.PostAsync(path, Filled(body, $"{Options},\"keep_alive\":\"1h\""));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal($"{IgnoredOptions}, keep_alive", answer.Headers["X-LlamaGate-Ignored"]);
        var sent = await shared.NextBodyAsync(upstream);

        var plain = await shared.Bed.PostAsync(path, Filled(body, KeptOptions));
        Assert.False(plain.Headers.ContainsKey("X-LlamaGate-Ignored"));
        Assert.Equal(await shared.NextBodyAsync(upstream), sent);
        Assert.Contains("\"top_k\":5", sent, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public async Task Options_OnAHostOfOnesOwn_ArriveAsBefore(string path, string body, string upstream)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync(path, Filled(body, $"{Options},\"keep_alive\":\"1h\""));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.False(answer.Headers.ContainsKey("X-LlamaGate-Ignored"));
        var sent = (await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, upstream)).Body;
        var options = JsonElement.Parse(sent).GetProperty("options");
        Assert.All(IgnoredOptions.Split(", "), name => Assert.True(options.TryGetProperty(name["options.".Length..], out _), name));
        Assert.Contains("\"keep_alive\":\"1h\"", sent, StringComparison.Ordinal);
        if (path == upstream)
        {
            Assert.Equal(Filled(body, $"{Options},\"keep_alive\":\"1h\""), sent);
        }
    }

    [Theory]
    [MemberData(nameof(Native))]
    public async Task NativeBody_LosesItsLoadingAndNoOtherByte(string body, string expected, string ignored)
    {
        await using var shared = await SharedBed.StartAsync();
        var answer = await shared.Bed.PostAsync("/api/generate", body);
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(expected, await shared.NextBodyAsync("/api/generate"));
        Assert.Equal(ignored, answer.Headers.GetValueOrDefault("X-LlamaGate-Ignored", ""));
    }

    [Fact]
    public async Task NativeBody_WithAnAlias_HasBothChanges()
    {
        await using var shared = await SharedBed.StartAsync(adjust: settings => settings with
        {
            ModelAliases = new Application.Models.ModelAliases([KeyValuePair.Create("short", "plain")]),
        });
        await shared.Bed.PostAsync("/api/generate", """{"keep_alive":0,"model":"short","options":{"num_gpu":1},"prompt":"x"}""");
        Assert.Equal("""{"model":"plain","options":{"num_ctx":8192},"prompt":"x"}""", await shared.NextBodyAsync("/api/generate"));
    }

    [Fact]
    public async Task Operator_OptionsOfTheFileAndOfModelOptions_GoWithTheLoadAndWithEachCall()
    {
        await using var shared = await SharedBed.StartAsync(
            """{"plain":{"num_ctx":2048}}""",
            settings => settings with { ModelOptions = Api.Configuration.ModelOptionsText.Parse("""{"plain":{"num_gpu":7,"keep_alive":"9m"}}""", out _)! });
        var answer = await shared.Bed.ChatAsync(ChatBody.With("\"options\":{\"num_ctx\":64,\"num_gpu\":1,\"top_k\":5},\"keep_alive\":0"));
        Assert.Equal(
            ChatBody.Native("\"options\":{\"num_ctx\":2048,\"num_gpu\":7,\"top_k\":5}"), await shared.NextBodyAsync("/api/chat"));
        Assert.Equal(
            """{"model":"plain:latest","stream":false,"keep_alive":"9m","options":{"num_ctx":2048,"num_gpu":7}}""", Assert.Single(shared.Loads));
        Assert.Equal("options.num_ctx, options.num_gpu, keep_alive", answer.Headers["X-LlamaGate-Ignored"]);
    }

    [Fact]
    public async Task Cache_RequestsThatDifferInDroppedOptions_ShareAnAnswer()
    {
        await using var shared = await SharedBed.StartAsync(adjust: settings => settings with { CacheEnabled = true });
        await shared.Bed.ChatAsync(ChatBody.With("\"options\":{\"num_ctx\":64}"));
        var second = await shared.Bed.ChatAsync(ChatBody.With("\"keep_alive\":\"2h\",\"options\":{\"num_gpu\":3}"));
        Assert.Equal("hit", second.Headers["X-LlamaGate-Cache"]);
        Assert.Equal("options.num_gpu, keep_alive", second.Headers["X-LlamaGate-Ignored"]);
        Assert.Single(shared.CallsOf("/api/chat"));
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 6)]
    public async Task TwoCallers_WithOptionsOfTheirOwn_ReloadNothingOnSharedHosts(bool isShared, int loads)
    {
        await using var shared = await SharedBed.StartAsync(adjust: settings => isShared ? settings : settings with { HostsFile = "" });
        await using var own = await GatewayOverOllama.StartAsync();
        var bed = isShared ? shared.Bed : own;
        for (var turn = 0; turn < 3; turn++)
        {
            await bed.ChatAsync(ChatBody.With("\"options\":{\"num_ctx\":2048,\"num_gpu\":10}"));
            await bed.PostAsync("/api/chat", ChatBody.With("\"options\":{\"num_ctx\":4096,\"num_gpu\":0},\"stream\":false"));
        }

        Assert.Equal(loads, bed.Ollama.Loads.Count);
    }

    [Theory]
    [InlineData("/v1/embeddings", """{"model":"plain","input":"hi"}""")]
    [InlineData("/api/embed", """{"model":"plain","input":"hi"}""")]
    [InlineData("/api/embeddings", """{"model":"plain","prompt":"hi"}""")]
    public async Task Embeddings_OfAModelThatMakesNone_AreRefusedBeforeTheHostLoadsIt(string path, string body)
    {
        await using var shared = await SharedBed.StartAsync();
        var answer = await shared.Bed.PostAsync(path, body);
        Assert.Equal(400, answer.Status);
        Assert.Contains("This model does not support embeddings. Use an embedding model.", answer.Body, StringComparison.Ordinal);
        if (path.StartsWith("/v1", StringComparison.Ordinal))
        {
            Assert.Equal("unsupported_by_model", answer.ErrorCode);
        }

        Assert.Empty(shared.CallsOf("/api/embed").Concat(shared.CallsOf("/api/embeddings")));
        Assert.Empty(shared.Bed.Ollama.Loads);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData(null)]
    public async Task Embeddings_OfAModelOfWhichOllamaDoesNotSay_GoOn(string? show)
    {
        await using var shared = await SharedBed.StartAsync();
        shared.Bed.Ollama.Enqueue(show is null ? OllamaEmulator.Scenario.Fails(500, "no") : OllamaEmulator.Scenario.Lines(show), "/api/show");
        Assert.Equal(200, (await shared.Bed.PostAsync("/v1/embeddings", """{"model":"embed","input":"hi"}""")).Status);
        Assert.Single(shared.CallsOf("/api/embed"));
    }

    private static string Filled(string body, string fields) => body.Replace("FIELDS", fields, StringComparison.Ordinal);
}
