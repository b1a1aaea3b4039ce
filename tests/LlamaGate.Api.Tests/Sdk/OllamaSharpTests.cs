using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OllamaSharp;
using OllamaSharp.Models;
using OllamaSharp.Models.Chat;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>OllamaSharp, the .NET client of Ollama's own API, unchanged but for its address.</summary>
public class OllamaSharpTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private OllamaApiClient Client => new(shared.Bed.Client.BaseAddress!, "plain");

    [Fact]
    public async Task Server_Asked_RunsWithAVersionAndModels()
    {
        Assert.True(await Client.IsRunningAsync());
        Assert.StartsWith("0.33", await Client.GetVersionAsync(), StringComparison.Ordinal);
        Assert.Contains(await Client.ListLocalModelsAsync(), model => model.Name == "tiny:latest");
        Assert.NotEmpty((await Client.ShowModelAsync("tiny")).Capabilities!);
    }

    [Fact]
    public async Task Chat_Streamed_ComesInPiecesWithCounts()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_emoji_stream"));
        var pieces = new List<string?>();
        ChatDoneResponseStream? end = null;
        await foreach (var update in Client.ChatAsync(new ChatRequest { Model = "plain", Messages = [new Message(ChatRole.User, "hi")] }))
        {
            pieces.Add(update?.Message.Content);
            end = update as ChatDoneResponseStream ?? end;
        }

        Assert.Equal("Café ok 🙂", string.Concat(pieces));
        Assert.True(end is { PromptEvalCount: > 0, EvalCount: > 0 });
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Fact]
    public async Task Generate_Streamed_ComesInPieces()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Counts(3), "/api/generate");
        var text = "";
        await foreach (var update in Client.GenerateAsync("hi"))
        {
            text += update?.Response;
        }

        Assert.Equal("one two three", text);
    }

    [Fact]
    public async Task Chat_OfAConversation_KeepsItsMessages()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var chat = new OllamaSharp.Chat(Client, "s");
        await foreach (var _ in chat.SendAsync("hi"))
        {
        }

        Assert.Equal([ChatRole.System, ChatRole.User, ChatRole.Assistant], chat.Messages.Select(message => message.Role!.Value));
        var sent = JsonElement.Parse((await shared.Bed.NextChatUpstreamAsync()).Body);
        Assert.Equal(2, sent.GetProperty("messages").GetArrayLength());
    }

    [Fact]
    public async Task Embed_OfTheRecording_HasItsVectors()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("embed_array"), "/api/embed");
        var answer = await Client.EmbedAsync(new() { Model = "embed", Input = ["a", "b"] });
        Assert.Equal(2, answer.Embeddings.Count);
    }

    /// <summary>Its own words for a failure name only the status.</summary>
    [Theory]
    [InlineData(404)]
    [InlineData(503)]
    public async Task Failure_OfOllama_KeepsItsStatus(int status)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Fails(status), "/api/generate");
        var failure = await Assert.ThrowsAsync<HttpRequestException>(async () =>
        {
            await foreach (var _ in Client.GenerateAsync("hi"))
            {
            }
        });
        Assert.Equal(status, (int)failure.StatusCode!);
    }

    /// <summary>The package throws nothing at Ollama's error line. A program sees the failure by the end that does not come.</summary>
    [Theory]
    [InlineData(Ending.Normal, true)]
    [InlineData(Ending.ErrorLine, false)]
    public async Task Stream_ThatFailsAfterAToken_IsNeverDone(Ending ending, bool isDone)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b") with { Ending = ending }, "/api/generate");
        var updates = new List<GenerateResponseStream?>();
        await foreach (var update in Client.GenerateAsync("hi"))
        {
            updates.Add(update);
        }

        Assert.Equal("ab", string.Concat(updates.Select(update => update?.Response)));
        Assert.Equal(isDone, updates[^1]!.Done);
    }
}
