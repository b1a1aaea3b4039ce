using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Models;

/// <summary>The list of models and one of them, byte for byte.</summary>
public class ModelsTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Tags =
        """{"models":[{"name":"llama3.2:3b","model":"llama3.2:3b","modified_at":"2026-11-23T00:32:16.305790998Z","size":1},{"name":"hf.co/User/M-GGUF:Q4","modified_at":"1970-01-01T02:00:10+02:00"},{"name":"plain:latest","modified_at":"2026-11-23T00:32:16Z"}]}""";

    [Fact]
    public async Task List_OfOllamasModels_IsOpenAIs()
    {
        Answer(Tags);
        var answer = await shared.Bed.GetAsync("/v1/models");
        Assert.Equal(
            """{"object":"list","data":[{"id":"llama3.2:3b","object":"model","created":1795393936,"owned_by":"library"},{"id":"hf.co/User/M-GGUF:Q4","object":"model","created":10,"owned_by":"library"},{"id":"plain:latest","object":"model","created":1795393936,"owned_by":"library"}]}""",
            answer.Body);
        Assert.Equal("application/json; charset=utf-8", answer.Headers["Content-Type"]);
    }

    [Theory]
    [InlineData("{\"models\":[]}")]
    [InlineData("{\"models\":null}")]
    [InlineData("{}")]
    public async Task List_OfNoModels_IsEmpty(string tags)
    {
        Answer(tags);
        Assert.Equal("""{"object":"list","data":[]}""", (await shared.Bed.GetAsync("/v1/models")).Body);
    }

    [Theory]
    [InlineData("llama3.2:3b", "llama3.2:3b", 1795393936)]
    [InlineData("llama3.2%3A3b", "llama3.2:3b", 1795393936)]
    [InlineData("hf.co/User/M-GGUF:Q4", "hf.co/User/M-GGUF:Q4", 10)]
    [InlineData("hf.co%2FUser%2FM-GGUF%3AQ4", "hf.co/User/M-GGUF:Q4", 10)]
    [InlineData("plain", "plain", 1795393936)]
    [InlineData("plain:latest", "plain:latest", 1795393936)]
    public async Task Get_OfAKnownModel_IsIt(string path, string id, long created)
    {
        Answer(Tags);
        Assert.Equal(
            $$"""{"id":"{{id}}","object":"model","created":{{created}},"owned_by":"library"}""",
            (await shared.Bed.GetAsync("/v1/models/" + path)).Body);
    }

    [Theory]
    [InlineData("nope")]
    [InlineData("llama3.2")]
    [InlineData("hf.co/User")]
    public async Task Get_OfAnUnknownModel_Is404(string id)
    {
        Answer(Tags);
        var answer = await shared.Bed.GetAsync("/v1/models/" + id);
        Assert.Equal(404, answer.Status);
        Assert.Equal(
            $$$"""{"error":{"message":"The model '{{{id}}}' does not exist.","type":"invalid_request_error","param":"model","code":"model_not_found"}}""",
            answer.Body);
    }

    [Fact]
    public async Task List_OfARecording_HasItsModels()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("tags"), "/api/tags");
        var ids = (await shared.Bed.GetAsync("/v1/models")).Json.GetProperty("data").EnumerateArray().Select(m => m.GetProperty("id").GetString());
        Assert.Contains("tiny:latest", ids, StringComparer.Ordinal);
    }

    [Theory]
    [InlineData("/v1/models")]
    [InlineData("/v1/models/plain")]
    public async Task Upstream_Failing_IsABadGateway(string path)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Fails(500, "boom"), "/api/tags");
        var answer = await shared.Bed.GetAsync(path);
        Assert.Equal(502, answer.Status);
        Assert.Equal("upstream_error", answer.ErrorCode);
    }

    private void Answer(string tags) => shared.Bed.Ollama.Enqueue(
        new Scenario { Answer = new RawAnswer(200, "application/json") { Body = System.Text.Encoding.UTF8.GetBytes(tags) } }, "/api/tags");
}
