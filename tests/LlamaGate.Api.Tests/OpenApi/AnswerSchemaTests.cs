using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>What the gateway really answers is what its document says.</summary>
public sealed class AnswerSchemaTests(DescribedGateway gateway) : IClassFixture<DescribedGateway>
{
    private const string Chat = "/v1/chat/completions";

    private const string Tools =
        """,  "tools":[{"type":"function","function":{"name":"get_weather","parameters":{"type":"object","properties":{"city":{"type":"string"}},"required":["city"]}}}]""";

    [Theory]
    [InlineData("demo", "")]
    [InlineData("demo-thinking", "")]
    [InlineData("demo", """, "logprobs":true,"top_logprobs":2""")]
    [InlineData("demo", """, "n":2""")]
    [InlineData("demo", Tools)]
    [InlineData("demo", Tools + """, "tool_choice":"required" """)]
    public async Task Chat_Answered_FitsItsSchema(string model, string fields)
    {
        var answer = await gateway.ChatAsync(Body(model, fields));
        Assert.Equal(200, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("POST", Chat, 200, answer.Json));

        var stream = await gateway.ChatAsync(Body(model, fields + """, "stream":true,"stream_options":{"include_usage":true}"""));
        Assert.Equal(200, stream.Status);
        var events = stream.Body.Split('\n').Where(line => line.StartsWith("data: {", StringComparison.Ordinal)).ToList();
        Assert.True(events.Count > 2);
        Assert.All(events, line => Assert.Empty(gateway.Schemas.Validate("ChatCompletionChunk", JsonElement.Parse(line["data: ".Length..]))));
    }

    [Theory]
    [InlineData("/v1/models", "/v1/models")]
    [InlineData("/v1/models/demo", "/v1/models/{id}")]
    [InlineData("/v1/queue", "/v1/queue")]
    [InlineData("/health", "/health")]
    [InlineData("/livez", "/livez")]
    [InlineData("/readyz", "/readyz")]
    public async Task Get_Answered_FitsItsSchema(string path, string described)
    {
        var answer = await gateway.GetAsync(path);
        Assert.Equal(200, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("GET", described, 200, answer.Json));
    }

    [Theory]
    [InlineData("/admin/api/status")]
    [InlineData("/admin/api/usage")]
    [InlineData("/admin/api/keys")]
    public async Task Administration_Answered_FitsItsSchema(string path)
    {
        var answer = await gateway.GetAsync(path, DescribedGateway.AdminKey);
        Assert.Equal(200, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("GET", path, 200, answer.Json));
    }

    [Theory]
    [InlineData("{", 400)]
    [InlineData("""{"model":"demo","messages":[]}""", 400)]
    [InlineData("""{"model":"nobody","messages":[{"role":"user","content":"hi"}]}""", 404)]
    [InlineData("""{"model":"demo-embed","messages":[{"role":"user","content":"hi"}]}""", 400)]
    public async Task Chat_Refused_FitsItsSchema(string body, int status)
    {
        var answer = await gateway.ChatAsync(body);
        Assert.Equal(status, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("POST", Chat, status, answer.Json));
    }

    [Fact]
    public async Task Get_Refused_FitsItsSchema()
    {
        var unknown = await gateway.GetAsync("/v1/models/nobody");
        Assert.Empty(gateway.Schemas.ValidateAnswer("GET", "/v1/models/{id}", unknown.Status, unknown.Json));
        var noKey = await gateway.GetAsync("/v1/models", key: null);
        Assert.Equal(401, noKey.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("GET", "/v1/models", 401, noKey.Json));
    }

    [Fact]
    public async Task Health_WithoutOllama_FitsItsSchema()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.HealthStatus = 500;
        var answer = await bed.GetAsync("/health");
        Assert.Equal(503, answer.Status);
        Assert.Empty(gateway.Schemas.ValidateAnswer("GET", "/health", 503, answer.Json));
    }

    private static string Body(string model, string fields) => $$"""{"model":"{{model}}","messages":[{"role":"user","content":"What is the weather in Paris?"}]{{fields}}}""";
}
