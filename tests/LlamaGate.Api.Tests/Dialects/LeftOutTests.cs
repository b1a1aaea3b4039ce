using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Dialects;

/// <summary>What is left of a conversation when parts of it cannot be sent to a model.</summary>
public sealed class LeftOutTests
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgAAAAAgABc3UBGAAAAABJRU5ErkJggg==";

    /// <summary>Ollama would load the model, and answer with nothing.</summary>
    [Theory]
    [InlineData("/v1/messages", "messages", """{"model":"plain","max_tokens":5,"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}]}""")]
    [InlineData("/v1/messages", "messages", """{"model":"plain","max_tokens":5,"messages":[{"role":"user","content":[{"type":"tool_use","id":"t","name":"f","input":{}}]}]}""")]
    [InlineData("/v1/messages/count_tokens", "messages", """{"model":"plain","messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"}]}]}""")]
    [InlineData("/v1/responses", "input", """{"model":"plain","input":[{"type":"item_reference","id":"rs_1"}]}""")]
    [InlineData("/v1/responses", "input", """{"model":"plain","input":[{"type":"web_search_call","id":"w"}]}""")]
    public async Task Conversation_OfWhichNothingIsLeft_IsRefusedAndNotSent(string path, string field, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync(path, body);
        Assert.Equal(400, answer.Status);
        Assert.StartsWith(
            $"{field} contains nothing that can be sent to a model", answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain(bed.Ollama.Requests, request => request.Path == "/api/chat");
    }

    [Fact]
    public async Task Call_RequiredWhileAllToolsAreDeferred_IsRefusedAndNotSent()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.PostAsync("/v1/messages", """
            {"model":"plain","max_tokens":5,"messages":[{"role":"user","content":"hi"}],"tool_choice":{"type":"any"},
             "tools":[{"name":"f","input_schema":{"type":"object"},"defer_loading":true}]}
            """);
        Assert.Equal(400, answer.Status);
        Assert.Contains("tool_choice can require a call only if tools are offered.", answer.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(bed.Ollama.Requests, request => request.Path == "/api/chat");
    }

    [Fact]
    public async Task Document_WithAnImageAndAnUnknownBlock_SendsTheOneAndNamesTheOther()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("ok"));
        var document = $$$"""{"type":"document","source":{"type":"content","content":[{"type":"text","text":"See:"},{{{Image()}}},{"type":"chart"}]}}""";
        var answer = await bed.PostAsync("/v1/messages", Asking($$"""{"role":"user","content":[{{document}}]}"""));
        var sent = await SentAsync(bed);
        Assert.Equal(Png, sent[0].GetProperty("images")[0].GetString());
        Assert.Equal("messages[].content[].source.content[].chart", answer.Headers["X-LlamaGate-Ignored"]);
    }

    [Fact]
    public async Task Document_WithAnImageThatIsNone_IsRefusedByName()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var document = $$$"""{"type":"document","source":{"type":"content","content":[{{{Image("bm90IGFuIGltYWdl")}}}]}}""";
        var answer = await bed.PostAsync("/v1/messages", Asking($$"""{"role":"user","content":[{{document}}]}"""));
        Assert.Equal(400, answer.Status);
        Assert.StartsWith("messages[0].content[0].source.content[0].source", answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    /// <summary>It stays in the history for good, so a refusal would end the conversation.</summary>
    [Fact]
    public async Task Chat_WithAToolsImage_GoesOnWithAModelThatCannotSee()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await bed.ChatAsync(ChatBody.Saying($$$"""
            [{"role":"user","content":"a"},
             {"role":"assistant","tool_calls":[{"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]},
             {"role":"tool","tool_call_id":"c","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{Png}}}"}}]},
             {"role":"user","content":"next"}]
            """));
        Assert.Equal((200, "messages[].content[].image_url"), (answer.Status, answer.Headers["X-LlamaGate-Ignored"]));
        var sent = await SentAsync(bed);
        Assert.All(sent.EnumerateArray(), message => Assert.False(message.TryGetProperty("images", out _)));
        Assert.Contains("[image: left out, since it cannot be shown]", sent.GetRawText(), StringComparison.Ordinal);
    }

    private static string Image(string data = Png) =>
        $$$"""{"type":"image","source":{"type":"base64","media_type":"image/png","data":"{{{data}}}"}}""";

    private static string Asking(string message) => $$"""{"model":"plain","max_tokens":5,"messages":[{{message}}]}""";

    private static async Task<JsonElement> SentAsync(GatewayOverOllama bed) =>
        JsonElement.Parse((await bed.NextChatUpstreamAsync()).Body).GetProperty("messages");
}
