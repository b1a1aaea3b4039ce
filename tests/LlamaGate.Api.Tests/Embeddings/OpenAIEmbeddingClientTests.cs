using System.ClientModel;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OpenAI;
using OpenAI.Embeddings;

namespace LlamaGate.Api.Tests.Embeddings;

/// <summary>The official client, which asks for base64 unless told otherwise.</summary>
public class OpenAIEmbeddingClientTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Embeddings_OfTheRecording_HaveItsBits()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("embed_array"));
        var answer = await Client("embed").GenerateEmbeddingsAsync(["why is the sky blue", "grass is green"]);
        var recorded = JsonElement.Parse(Recording.Named("embed_array").Body).GetProperty("embeddings");
        Assert.Equal(2, answer.Value.Count);
        foreach (var embedding in answer.Value)
        {
            Assert.Equal(recorded[embedding.Index].EnumerateArray().Select(n => n.GetSingle()), embedding.ToFloats().ToArray());
        }

        Assert.Equal(12, answer.Value.Usage.InputTokenCount);
        Assert.Equal("embed", answer.Value.Model);
    }

    [Fact]
    public async Task Dimensions_Asked_AreGiven()
    {
        var answer = await Client("embed").GenerateEmbeddingAsync("sky", new EmbeddingGenerationOptions { Dimensions = 8 });
        Assert.Equal(8, answer.Value.ToFloats().Length);
    }

    [Fact]
    public async Task MissingModel_IsTheClientsNotFound()
    {
        var exception = await Assert.ThrowsAsync<ClientResultException>(() => Client("nope").GenerateEmbeddingAsync("sky"));
        Assert.Equal(404, exception.Status);
        Assert.Contains("model_not_found", exception.Message, StringComparison.Ordinal);
    }

    private EmbeddingClient Client(string model) => new(
        model, new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(shared.Bed.Client.BaseAddress!, "/v1") });
}
