using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Tests.Paths;

/// <summary>What the Azure clients of OpenAI's SDKs send.</summary>
public class AzureTests
{
    private const string Version = "?api-version=2024-10-21";

    [Theory]
    [InlineData("chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("chat/completions", """{"model":"other","messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    [InlineData("chat/completions", """{"model":null,"messages":[{"role":"user","content":"hi"}],"stream":true}""", "/api/chat")]
    [InlineData("completions", """{"prompt":"hi"}""", "/api/generate")]
    [InlineData("completions", """{"model":"other","prompt":"hi"}""", "/api/generate")]
    public async Task Deployment_InThePath_IsTheModel(string operation, string body, string upstream)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync($"/openai/deployments/plain/{operation}{Version}", body);
        Assert.Equal(200, answer.Status);
        Assert.Contains("\"model\":\"plain\"", answer.Body, StringComparison.Ordinal);
        var call = await bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, upstream);
        Assert.Equal("plain", call.Json().GetProperty("model").GetString());
    }

    [Fact]
    public async Task Deployment_OfEmbeddings_IsTheModel()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync($"/openai/deployments/embed/embeddings{Version}", """{"input":"hi"}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal("embed", answer.Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Deployment_ThatIsAnAlias_IsTheModelBehindIt()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with
        {
            ModelAliases = new ModelAliases([KeyValuePair.Create("gpt-4o", "plain")]),
        });
        var answer = await bed.PostAsync(
            "/openai/deployments/gpt-4o/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal("gpt-4o", answer.Json.GetProperty("model").GetString());
        Assert.Equal("plain", (await bed.NextChatUpstreamAsync()).Json().GetProperty("model").GetString());
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("hf.co/user/nothing")]
    [InlineData("hf.co%2Fuser%2Fnothing")]
    public async Task Deployment_ThatIsNotThere_IsAModelThatIsNotThere(string name)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync(
            $"/openai/deployments/{name}/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""");
        Assert.Equal(404, answer.Status);
        Assert.Equal("model_not_found", answer.ErrorCode);
        Assert.Contains(Uri.UnescapeDataString(name), answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"messages":{}}""", "messages")]
    [InlineData("""{"messages":[]}""", "messages")]
    [InlineData("""[]""", null)]
    [InlineData("""{""", null)]
    public async Task Deployment_WithABadBody_Is400(string body, string? param)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync("/openai/deployments/plain/chat/completions", body);
        Assert.Equal(400, answer.Status);
        Assert.Equal(param, answer.Error.GetProperty("param").GetString());
    }

    [Theory]
    [InlineData("/openai/v1/chat/completions", ChatBody.Hi)]
    [InlineData("/openai/v1/responses?api-version=preview", """{"model":"plain","input":"hi"}""")]
    [InlineData("/openai/responses?api-version=2025-04-01-preview", """{"model":"plain","input":"hi"}""")]
    [InlineData("/openai/v1/embeddings", """{"model":"embed","input":"hi"}""")]
    [InlineData("/openai/v1/completions", """{"model":"plain","prompt":"hi"}""")]
    public async Task Versioned_Paths_AreServed(string path, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await bed.PostAsync(path, body)).Status);
        Assert.Equal(200, (await bed.GetAsync("/openai/v1/models")).Status);
        Assert.Equal(200, (await bed.GetAsync("/openai/models/plain" + Version)).Status);
    }

    [Theory]
    [InlineData("k", 200)]
    [InlineData("wrong", 401)]
    [InlineData("", 401)]
    public async Task Key_InApiKey_IsTheKey(string key, int status)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ApiKey = "k" });
        var answer = await bed.PostAsync(
            "/openai/deployments/plain/chat/completions" + Version, """{"messages":[{"role":"user","content":"hi"}]}""", ("api-key", key));
        Assert.Equal(status, answer.Status);
    }
}
