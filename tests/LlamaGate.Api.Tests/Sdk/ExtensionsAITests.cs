#pragma warning disable OPENAI001 // The client's part for responses is marked as evaluation; programs use it all the same.
using System.ClientModel;
using System.ComponentModel;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using Microsoft.Extensions.AI;
using OpenAI;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>
/// Microsoft.Extensions.AI over chats and over responses: tools and two turns. What it sends for a call without arguments is
/// <c>"arguments": "null"</c>. Streams of responses are not here: this version of the package was made for OpenAI 2.14, and calls a method
/// that 2.15 does not have.
/// </summary>
public class ExtensionsAITests
{
    public static TheoryData<bool, bool> Kinds => new() { { false, false }, { false, true }, { true, false } };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Tools_InTwoTurns_AreCalledAndTheirResultsGoBack(bool isResponses, bool isStreamed)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        using var client = Client(bed, isResponses).AsBuilder().UseFunctionInvocation().Build();
        var options = new ChatOptions { Tools = [AIFunctionFactory.Create(Now, "now")] };
        var history = new List<ChatMessage>();
        foreach (var turn in (string[])["first", "second"])
        {
            bed.Ollama.Enqueue(Scenario.Lines(
                """{"message":{"role":"assistant","content":"","thinking":"hm"},"done":false}""",
                """{"message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"now","arguments":{}}}]},"done":false}""",
                """{"message":{"role":"assistant","content":""},"done":true,"done_reason":"stop"}"""));
            bed.Ollama.Enqueue(Scenario.Says("It is ", turn + "."));
            history.Add(new ChatMessage(ChatRole.User, turn));
            history.AddRange(await AskAsync(client, history, options, isStreamed));
            Assert.Equal($"It is {turn}.", history[^1].Text);
        }

        var last = bed.Ollama.Requests[^1].Body;
        Assert.Equal(2, last.Split("\"arguments\":{}").Length - 1);
        Assert.Equal(2, last.Split("12:00").Length - 1);
        Assert.Contains("It is first.", last, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stream_ThatFailsAfterATokenIsNoticed()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Says("a", "b", "c") with { Ending = Ending.ErrorLine, EndingAt = 2 });
        using var client = Client(bed, isResponses: false);
        var text = "";
        await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (var update in client.GetStreamingResponseAsync("hi"))
            {
                text += update.Text;
            }
        });
        Assert.Equal("ab", text);
    }

    [Description("The time of day")]
    private static string Now() => "12:00";

    private static IChatClient Client(GatewayOverOllama bed, bool isResponses)
    {
        var client = new OpenAIClient(
            new ApiKeyCredential("none"), new OpenAIClientOptions { Endpoint = new Uri(bed.Client.BaseAddress!, "/v1") });
        return isResponses ? client.GetResponsesClient().AsIChatClient("plain") : client.GetChatClient("plain").AsIChatClient();
    }

    private static async Task<IList<ChatMessage>> AskAsync(
        IChatClient client, List<ChatMessage> history, ChatOptions options, bool isStreamed) => isStreamed
        ? (await client.GetStreamingResponseAsync(history, options).ToChatResponseAsync()).Messages
        : (await client.GetResponseAsync(history, options)).Messages;
}
