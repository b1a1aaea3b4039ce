using System.Text.Json;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.Sharing;

/// <summary>What a host is sent when the gateway loads and unloads models, and that each call then names the runner's context.</summary>
public sealed class LoadBytesTests
{
    private const string Embedding = """{"model":"embed","input":"a"}""";
    private const string Rules = """
        {"plain":{"num_ctx":2048,"keep_alive":"9m","options":{"num_gpu":3}},"embed":{"num_ctx":512,"keep_alive":60}}
        """;

    [Fact]
    public async Task Load_WithoutRules_SaysOnlyTheModel()
    {
        await using var bed = await SharingBed.StartAsync();
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal("""{"model":"plain:latest","stream":false}""", Assert.Single(bed.Calls("/api/generate")).Body);
        Assert.Equal(200, (await bed.PostAsync("/v1/embeddings", Embedding)).Status);
        Assert.Equal("""{"model":"embed:latest","input":[]}""", bed.Calls("/api/embed")[0].Body);
    }

    [Fact]
    public async Task Load_WithRules_HasTheirOptionsAndKeepAlive()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup { Models = Rules });
        await AssertLoadsAsync(bed);
    }

    [Fact]
    public async Task Load_WithModelOptions_HasThemToo()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup
        {
            Adjust = settings => settings with
            {
                ModelOptions = ModelOptionsText.Parse(
                    """{"plain":{"num_ctx":2048,"num_gpu":3,"keep_alive":"9m"},"embed":{"num_ctx":512,"keep_alive":60}}""", out _)!,
            },
        });
        await AssertLoadsAsync(bed);
    }

    [Fact]
    public async Task Load_OfAPinnedModel_KeepsItForEver()
    {
        await using var bed = await SharingBed.StartAsync(new SharingSetup
        {
            Models = Rules,
            Limits = "\"max_loaded\":2,\"pin\":[\"plain\",\"embed\"]",
        });
        await bed.ChatAsync();
        await bed.PostAsync("/v1/embeddings", Embedding);
        Assert.Equal(-1, bed.Calls("/api/generate")[0].Json().GetProperty("keep_alive").GetInt32());
        Assert.Equal(-1, bed.Calls("/api/embed")[0].Json().GetProperty("keep_alive").GetInt32());
    }

    [Fact]
    public async Task Unload_OfAVictim_SaysItsNameAndComesBeforeTheLoad()
    {
        await using var bed = await SharingBed.StartAsync();
        await bed.ChatAsync();
        await bed.ChatAsync("tiny");
        Assert.Equal(
            [
                """{"model":"plain:latest","stream":false}""",
                """{"model":"plain:latest","keep_alive":0,"stream":false}""",
                """{"model":"tiny:latest","stream":false}""",
            ],
            bed.Calls("/api/generate").Select(call => call.Body), StringComparer.Ordinal);
        Assert.Equal("tiny:latest", Assert.Single(bed.Host.Runners.Loaded));
        Assert.Equal(0, bed.Host.Runners.Reloads);
    }

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"max_tokens":3}""", "/api/chat")]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi","max_tokens":3}""", "/api/generate")]
    [InlineData("/v1/messages", """{"model":"plain","max_tokens":3,"messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("/v1/responses", """{"model":"plain","max_output_tokens":16,"input":"hi"}""", "/api/chat")]
    [InlineData("/v1/embeddings", Embedding, "/api/embed")]
    [InlineData("/api/chat", """{"model":"plain","messages":[{"role":"user","content":"hi"}],"options":{"num_predict":3}}""", "/api/chat")]
    [InlineData("/api/generate", """{"model":"plain","prompt":"hi","options":{"num_predict":3}}""", "/api/generate")]
    [InlineData("/api/embed", Embedding, "/api/embed")]
    [InlineData("/api/embeddings", """{"model":"embed","prompt":"hi"}""", "/api/embeddings")]
    public async Task Call_OfAnyDialect_NamesTheRunnersContext(string path, string body, string upstream)
    {
        await using var bed = await SharingBed.StartAsync();
        for (var i = 0; i < 2; i++)
        {
            var answer = await bed.PostAsync(path, body);
            Assert.True(answer.Status == 200, answer.Body);
            var context = upstream.StartsWith("/api/embed", StringComparison.Ordinal) ? 256 : 8192;
            Assert.Equal(context, SharingBed.ContextOf(bed.Calls(upstream)[^1]));
        }

        Assert.Single(bed.Host.Runners.Loads);
    }

    private static async Task AssertLoadsAsync(SharingBed bed)
    {
        Assert.Equal(200, (await bed.ChatAsync()).Status);
        Assert.Equal(
            """{"model":"plain:latest","stream":false,"keep_alive":"9m","options":{"num_ctx":2048,"num_gpu":3}}""",
            Assert.Single(bed.Calls("/api/generate")).Body);
        var chat = Assert.Single(bed.Calls()).Json();
        Assert.Equal("""{"num_ctx":2048,"num_gpu":3,"num_predict":3}""", Sorted(chat.GetProperty("options")));
        Assert.Equal(200, (await bed.PostAsync("/v1/embeddings", Embedding)).Status);
        Assert.Equal(
            """{"model":"embed:latest","input":[],"keep_alive":60,"options":{"num_ctx":512}}""", bed.Calls("/api/embed")[0].Body);
        Assert.Equal("""{"num_ctx":512}""", bed.Calls("/api/embed")[1].Json().GetProperty("options").GetRawText());
        Assert.Equal(0, bed.Host.Runners.Reloads);
    }

    private static string Sorted(JsonElement options)
    {
        var members = options.EnumerateObject().OrderBy(option => option.Name, StringComparer.Ordinal);
        return $"{{{string.Join(',', members.Select(option => $"\"{option.Name}\":{option.Value.GetRawText()}"))}}}";
    }
}
