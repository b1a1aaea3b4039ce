using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>What the document says of completions and embeddings.</summary>
public class OtherEndpointsTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("/v1/completions", "createCompletion", "application/json,text/event-stream")]
    [InlineData("/v1/embeddings", "createEmbedding", "application/json")]
    public async Task Endpoint_InTheDocument_IsNamedAsOpenAINamesItWithItsAnswers(string path, string id, string media)
    {
        var operation = (await DocumentAsync()).GetProperty("paths").GetProperty(path).GetProperty("post");
        Assert.Equal(id, operation.GetProperty("operationId").GetString());
        var answers = operation.GetProperty("responses").GetProperty("200").GetProperty("content").EnumerateObject();
        Assert.Equal(media, string.Join(',', answers.Select(answer => answer.Name)));
    }

    [Theory]
    [InlineData("CreateCompletionRequest", "model,prompt")]
    [InlineData("Completion", "choices,created,id,model,object,system_fingerprint")]
    [InlineData("CompletionChoice", "finish_reason,index,logprobs,text")]
    [InlineData("CompletionLogprobs", "text_offset,token_logprobs,tokens,top_logprobs")]
    [InlineData("CreateEmbeddingRequest", "input,model")]
    [InlineData("CreateEmbeddingResponse", "data,model,object,usage")]
    [InlineData("Embedding", "embedding,index,object")]
    public async Task Contract_InTheDocument_RequiresWhatIsAlwaysThere(string contract, string required)
    {
        var schema = await SchemaAsync(contract);
        var names = schema.GetProperty("required").EnumerateArray().Select(name => name.GetString());
        Assert.Equal(required, string.Join(',', names.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("TextInput", """[{"type":"string"},{"type":"array","minItems":1,"items":{"type":"string"}}]""")]
    [InlineData("EmbeddingVector", """[{"type":"array","items":{"type":"number"}},{"type":"string"}]""")]
    public async Task Union_InTheDocument_IsOneOfItsForms(string contract, string forms)
    {
        var anyOf = (await SchemaAsync(contract)).GetProperty("anyOf");
        Assert.True(JsonElement.DeepEquals(JsonElement.Parse(forms), anyOf), anyOf.GetRawText());
    }

    private async Task<JsonElement> SchemaAsync(string contract) =>
        (await DocumentAsync()).GetProperty("components").GetProperty("schemas").GetProperty(contract);

    private async Task<JsonElement> DocumentAsync() => (await shared.Bed.GetAsync("/swagger/v1/swagger.json")).Json;
}
