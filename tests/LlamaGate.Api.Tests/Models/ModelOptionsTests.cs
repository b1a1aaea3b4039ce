using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.Tests.Models;

/// <summary>MODEL_OPTIONS goes upstream where a request names no value of its own.</summary>
public class ModelOptionsTests
{
    private const string Rules = """{"fast":{"num_ctx":512},"plain":{"num_ctx":8192,"temperature":0.5,"keep_alive":"30m"},"embed*":{"num_ctx":256}}""";

    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", """{"num_ctx":8192,"temperature":0.5} 30m""")]
    [InlineData("/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", """{"num_ctx":512} none""")]
    [InlineData("/v1/chat/completions", """{"model":"demo","messages":[{"role":"user","content":"hi"}]}""", "none none")]
    [InlineData(
        "/v1/chat/completions",
        """{"model":"plain","messages":[{"role":"user","content":"hi"}],"temperature":1,"options":{"num_ctx":64},"keep_alive":0}""",
        """{"temperature":1,"num_ctx":64} 0""")]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"hi","seed":3}""", """{"seed":3,"num_ctx":8192,"temperature":0.5} 30m""")]
    [InlineData("/v1/responses", """{"model":"plain","input":"hi"}""", """{"num_ctx":8192,"temperature":0.5} 30m""")]
    [InlineData("/v1/embeddings", """{"model":"embed","input":"hi"}""", """{"num_ctx":256} none""")]
    public async Task Request_ForAModelWithOptions_TakesThemForWhatItDoesNotName(string path, string body, string expected)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with
        {
            ModelOptions = new ModelOptions(JsonElement.Parse(Rules)),
            ModelAliases = new ModelAliases([KeyValuePair.Create("fast", "plain")]),
        });
        Assert.Equal(200, (await bed.PostAsync(path, body)).Status);
        var sent = bed.Ollama.Requests.Single(request => request.Path is "/api/chat" or "/api/generate" or "/api/embed").Json();
        Assert.Equal(expected, $"{Raw(sent, "options")} {Raw(sent, "keep_alive").Trim('"')}");
    }

    private static string Raw(JsonElement sent, string name) => sent.TryGetProperty(name, out var value) ? value.GetRawText() : "none";
}
