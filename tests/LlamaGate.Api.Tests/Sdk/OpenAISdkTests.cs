using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OpenAI;
using OpenAI.Chat;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>The official OpenAI package against the gateway, unchanged but for its address.</summary>
public class OpenAISdkTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Fact]
    public async Task Models_ListedAndAsked_AreOllamas()
    {
        var models = Client(shared.Bed).GetOpenAIModelClient();
        var listed = (await models.GetModelsAsync()).Value;
        Assert.Contains(listed, m => m.Id == "tiny:latest" && m.OwnedBy == "library");
        Assert.Equal("tiny:latest", (await models.GetModelAsync("tiny:latest")).Value.Id);
    }

    [Fact]
    public async Task Chat_Completed_HasTextUsageAndReason()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        ChatCompletion answer = await Chat(shared.Bed).CompleteChatAsync(
            [new SystemChatMessage("s"), new UserChatMessage("hi")],
            new ChatCompletionOptions { Temperature = 0, MaxOutputTokenCount = 9, StopSequences = { "x" }, EndUserId = "u" });
        Assert.Equal("Hello from the tiny test model.", answer.Content[0].Text);
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
        Assert.Equal((7, 8, 15), (answer.Usage.InputTokenCount, answer.Usage.OutputTokenCount, answer.Usage.TotalTokenCount));
        Assert.Equal(
            """{"model":"plain","messages":[{"role":"system","content":"s"},{"role":"user","content":"hi"}],"stream":true,"options":{"temperature":0,"num_predict":9,"stop":["x"]},"truncate":false}""",
            (await shared.Bed.NextChatUpstreamAsync()).Body);
    }

    [Fact]
    public async Task Chat_Streamed_ComesInPiecesWithUsage()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_emoji_stream"));
        var text = new List<string>();
        ChatTokenUsage? usage = null;
        ChatFinishReason? reason = null;
        await foreach (var update in Chat(shared.Bed).CompleteChatStreamingAsync([new UserChatMessage("hi")]))
        {
            text.AddRange(update.ContentUpdate.Select(part => part.Text));
            usage = update.Usage ?? usage;
            reason = update.FinishReason ?? reason;
        }

        Assert.Equal(["", "Caf", "é", " ok ", "🙂"], text, StringComparer.Ordinal);
        Assert.Equal(ChatFinishReason.Stop, reason);
        Assert.Equal(48, usage!.TotalTokenCount);
        await shared.Bed.NextChatUpstreamAsync();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Tools_CalledAndAnswered_GoRound(bool stream)
    {
        var options = new ChatCompletionOptions
        {
            Tools = { ChatTool.CreateFunctionTool("get_weather", "Get the weather", BinaryData.FromString("""{"type":"object","properties":{"city":{"type":"string"}}}""")) },
        };
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(stream ? "chat_tools_stream" : "chat_tools"));
        var call = stream ? await StreamedCallAsync(options) : (await Chat(shared.Bed).CompleteChatAsync([new UserChatMessage("weather?")], options)).Value.ToolCalls.Single();
        Assert.Equal("get_weather", call.FunctionName);
        Assert.Equal("Paris", JsonElement.Parse(call.FunctionArguments).GetProperty("city").GetString());
        Assert.Equal(
            """[{"type":"function","function":{"name":"get_weather","description":"Get the weather","parameters":{"type":"object","properties":{"city":{"type":"string"}}}}}]""",
            (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("tools").GetRawText());

        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_tool_result"));
        await Chat(shared.Bed).CompleteChatAsync(
            [new UserChatMessage("weather?"), new AssistantChatMessage([call]), new ToolChatMessage(call.Id, "12 degrees")], options);
        var sent = (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("messages");
        Assert.Equal(
            """{"role":"assistant","content":"","tool_calls":[{"id":"ID","function":{"name":"get_weather","arguments":{"city":"Paris","unit":"celsius"}}}]}""".Replace("ID", call.Id, StringComparison.Ordinal),
            sent[1].GetRawText());
        Assert.Equal($$"""{"role":"tool","content":"12 degrees","tool_name":"get_weather","tool_call_id":"{{call.Id}}"}""", sent[2].GetRawText());
    }

    [Fact]
    public async Task JsonSchema_AskedFor_IsOllamasFormat()
    {
        const string schema = """{"type":"object","properties":{"a":{"type":"integer"}},"required":["a"]}""";
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_format_schema"));
        ChatCompletion answer = await Chat(shared.Bed).CompleteChatAsync(
            [new UserChatMessage("hi")],
            new ChatCompletionOptions
            {
                ResponseFormat = ChatResponseFormat.CreateJsonSchemaFormat("s", BinaryData.FromString(schema), jsonSchemaIsStrict: true),
            });
        Assert.Equal(JsonValueKind.Object, JsonElement.Parse(answer.Content[0].Text).ValueKind);
        Assert.Equal(schema, (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("format").GetRawText());
    }

    internal static OpenAIClient Client(GatewayOverOllama bed, string key = "any", int retries = 0) => new(
        new ApiKeyCredential(key),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(bed.Client.BaseAddress!, "v1"),
            RetryPolicy = new ClientRetryPolicy(retries),
        });

    internal static ChatClient Chat(GatewayOverOllama bed, string key = "any") => Client(bed, key).GetChatClient("plain");

    private async Task<ChatToolCall> StreamedCallAsync(ChatCompletionOptions options)
    {
        var updates = new List<StreamingChatToolCallUpdate>();
        await foreach (var update in Chat(shared.Bed).CompleteChatStreamingAsync([new UserChatMessage("weather?")], options))
        {
            updates.AddRange(update.ToolCallUpdates);
        }

        var only = Assert.Single(updates);
        return ChatToolCall.CreateFunctionToolCall(only.ToolCallId, only.FunctionName, only.FunctionArgumentsUpdate);
    }
}
