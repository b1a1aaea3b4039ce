using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Paths;

/// <summary>Base URLs as people write them: a slash too many, without the version, with two of them.</summary>
public class BaseUrlTests
{
    private static readonly string[] Bases = ["/", "//v1/", "/v1//", "/v1/v1/", "/openai/v1/", "//openai//v1/", "/"];

    public static TheoryData<string> Prefixes => new(Bases.Distinct(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Prefixes))]
    public async Task Endpoint_UnderEachBase_IsServed(string prefix)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await PostAsync(bed, prefix + "chat/completions", ChatBody.Hi)).Status);
        Assert.Equal(200, (await PostAsync(bed, prefix + "chat/completions", ChatBody.HiStreamed)).Status);
        Assert.Equal(200, (await PostAsync(bed, prefix + "completions", """{"model":"plain","prompt":"x"}""")).Status);
        Assert.Equal(200, (await PostAsync(bed, prefix + "embeddings", """{"model":"embed","input":"x"}""")).Status);
        Assert.Equal(200, (await PostAsync(bed, prefix + "responses", """{"model":"plain","input":"x"}""")).Status);
        Assert.Equal(200, (await GetAsync(bed, prefix + "models")).Status);
        Assert.Equal(200, (await GetAsync(bed, prefix + "models/plain")).Status);
        var stored = await GetAsync(bed, prefix + "responses/resp_1");
        Assert.Equal(404, stored.Status);
        Assert.Contains("resp_1", stored.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>What stands behind the path changes nothing.</summary>
    [Theory]
    [InlineData("/")]
    [InlineData("?")]
    [InlineData("/?")]
    [InlineData("?api-version=2024-10-21&x=%00")]
    public async Task Endpoint_WithSomethingBehindIt_IsServed(string behind)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await PostAsync(bed, "/v1/chat/completions" + behind, ChatBody.Hi)).Status);
        Assert.Equal(200, (await PostAsync(bed, "/v1/completions" + behind, """{"model":"plain","prompt":"x"}""")).Status);
        Assert.Equal(200, (await PostAsync(bed, "/v1/embeddings" + behind, """{"model":"embed","input":" "}""")).Status);
        Assert.Equal(200, (await PostAsync(bed, "/v1/responses" + behind, """{"model":"plain","input":"x"}""")).Status);
        Assert.Equal(200, (await GetAsync(bed, "/v1/models" + behind)).Status);
        Assert.Equal(200, (await GetAsync(bed, "/livez" + behind)).Status);
    }

    [Theory]
    [InlineData("//health")]
    [InlineData("///livez")]
    [InlineData("//readyz")]
    [InlineData("//swagger//v1/swagger.json")]
    public async Task DoubledSlash_OutsideOfTheApi_IsOne(string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await GetAsync(bed, path)).Status);
    }

    [Theory]
    [InlineData("/models", 401)]
    [InlineData("//v1/models", 401)]
    [InlineData("/openai/v1/models", 401)]
    [InlineData("//livez", 200)]
    public async Task Key_IsNeededByEachSpelling(string path, int status)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "k" });
        Assert.Equal(status, (await GetAsync(bed, path)).Status);
    }

    [Fact]
    public async Task RateLimit_IsOneForAllSpellings()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { RateLimitRps = 0.001m });
        Assert.Equal(200, (await GetAsync(bed, "/models")).Status);
        Assert.Equal(429, (await GetAsync(bed, "/v1/models")).Status);
        Assert.Equal(429, (await GetAsync(bed, "//v1//models")).Status);
        Assert.Equal(429, (await GetAsync(bed, "/openai/models")).Status);
    }

    [Fact]
    public async Task Log_Path_IsTheOneThatWasSent()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(gateway.Client.BaseAddress + "/v1//exchange/plain");
        Assert.Contains(
            await gateway.StopAndReadLogAsync(),
            line => line.Contains("\"path\":\"//v1//exchange/plain\",\"status\":200", StringComparison.Ordinal));
    }

    private static Task<HttpAnswer> PostAsync(GatewayOverOllama bed, string path, string body) =>
        bed.PostAsync(bed.Client.BaseAddress + path[1..], body);

    /// <summary>The whole address: alone, <c>//v1</c> would be a host's name.</summary>
    private static Task<HttpAnswer> GetAsync(GatewayOverOllama bed, string path) => bed.GetAsync(bed.Client.BaseAddress + path[1..]);
}
