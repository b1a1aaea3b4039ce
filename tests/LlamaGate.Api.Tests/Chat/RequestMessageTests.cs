using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>Each kind of message: the bytes that Ollama is sent for it.</summary>
public class RequestMessageTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

    private const string Call =
        """{"id":"call_1","type":"function","function":{"name":"get_weather","arguments":"{\"unit\":\"celsius\",\"city\":\"Zürich\",\"n\":1.0}"}}""";

    private const string NativeCall =
        """{"id":"call_1","function":{"name":"get_weather","arguments":{"unit":"celsius","city":"Zürich","n":1.0}}}""";

    [Theory]
    [InlineData("system", "system")]
    [InlineData("developer", "system")]
    [InlineData("user", "user")]
    [InlineData("assistant", "assistant")]
    public Task Role_Each_IsOllamas(string role, string native) => AssertSentAsync(
        $$"""[{"role":"{{role}}","content":"hi"}]""", $$"""[{"role":"{{native}}","content":"hi"}]""");

    [Theory]
    [InlineData("\"\"", "\"\"")]
    [InlineData("\"a\\nb\\t\\\"c\\\" <&> é 🙂 \\u0000\\u2028\"", "\"a\\nb\\t\\\"c\\\" <&> é \\uD83D\\uDE42 \\u0000\\u2028\"")]
    [InlineData("[{\"type\":\"text\",\"text\":\"a\"}]", "\"a\"")]
    [InlineData("[{\"type\":\"text\",\"text\":\"a\"},{\"type\":\"text\",\"text\":\"\"},{\"type\":\"text\",\"text\":\"b\"}]", "\"a\\n\\nb\"")]
    public Task Content_TextOrParts_IsOneMessage(string content, string native) => AssertSentAsync(
        $$"""[{"role":"user","content":{{content}}}]""", $$"""[{"role":"user","content":{{native}}}]""");

    [Theory]
    [InlineData("[{\"type\":\"text\",\"text\":\"x\"}]")]
    [InlineData("\"x\"")]
    public Task Content_OfEveryRole_MayBeParts(string content) => AssertSentAsync(
        $$"""[{"role":"developer","content":{{content}}},{"role":"assistant","content":{{content}}},{"role":"tool","tool_call_id":"i","content":{{content}}}]""",
        """[{"role":"system","content":"x"},{"role":"assistant","content":"x"},{"role":"tool","content":"x","tool_call_id":"i"}]""");

    [Theory]
    [InlineData("{\"url\":\"data:image/png;base64," + Png + "\",\"detail\":\"low\"}")]
    [InlineData("{\"url\":\"data:image/gif;charset=x;base64," + Png + "\"}")]
    [InlineData("\"data:;base64," + Png + "\"")]
    [InlineData("\"DATA:IMAGE/PNG;BASE64," + Png + "\"")]
    [InlineData("\"data:text/plain;name=a.png;charset=utf-8;base64," + Png + "\"")]
    public Task Image_AsDataUri_IsBareBase64(string image) => AssertSentAsync(
        $$"""[{"role":"user","content":[{"type":"text","text":"what"},{"type":"image_url","image_url":{{image}}},{"type":"text","text":"?"}]}]""",
        $$"""[{"role":"user","content":"what\n?","images":["{{Png}}"]}]""");

    [Theory]
    [InlineData("null")]
    [InlineData("\"\"")]
    public Task ToolCalls_InTheHistory_HaveArgumentsAsObjectInOrder(string content) => AssertSentAsync(
        $$"""[{"role":"user","content":"?"},{"role":"assistant","content":{{content}},"tool_calls":[{{Call}}]},{"role":"tool","tool_call_id":"call_1","content":"12"}]""",
        $$"""[{"role":"user","content":"?"},{"role":"assistant","content":"","tool_calls":[{{NativeCall}}]},{"role":"tool","content":"12","tool_name":"get_weather","tool_call_id":"call_1"}]""");

    [Fact]
    public Task ToolCalls_WithoutContentMember_AreAnAssistantsMessage() => AssertSentAsync(
        $$"""[{"role":"assistant","tool_calls":[{{Call}}]}]""",
        $$"""[{"role":"assistant","content":"","tool_calls":[{{NativeCall}}]}]""");

    [Fact]
    public Task ToolMessage_OfOneOfSeveralCalls_HasItsName() => AssertSentAsync(
        """[{"role":"assistant","content":"t","tool_calls":[{"id":"a","type":"function","function":{"name":"f","arguments":"{}"}},{"id":"b","function":{"name":"g","arguments":" {} "}}]},{"role":"tool","tool_call_id":"b","content":"B"},{"role":"tool","tool_call_id":"a","content":"A"},{"role":"tool","tool_call_id":"z","content":"Z"}]""",
        """[{"role":"assistant","content":"t","tool_calls":[{"id":"a","function":{"name":"f","arguments":{}}},{"id":"b","function":{"name":"g","arguments": {} }}]},{"role":"tool","content":"B","tool_name":"g","tool_call_id":"b"},{"role":"tool","content":"A","tool_name":"f","tool_call_id":"a"},{"role":"tool","content":"Z","tool_call_id":"z"}]""");

    [Fact]
    public Task FunctionMessage_InTheOlderForm_IsATools() => AssertSentAsync(
        """[{"role":"assistant","content":null,"function_call":{"name":"f","arguments":"{\"x\":1}"}},{"role":"function","name":"f","content":"1"}]""",
        """[{"role":"assistant","content":"","tool_calls":[{"function":{"name":"f","arguments":{"x":1}}}]},{"role":"tool","content":"1","tool_name":"f"}]""");

    [Theory]
    [InlineData("reasoning_content")]
    [InlineData("reasoning")]
    public Task Thinking_GivenBack_IsThinking(string field) => AssertSentAsync(
        $$"""[{"role":"assistant","content":"a","{{field}}":"hm"},{"role":"user","content":"b"}]""",
        """[{"role":"assistant","content":"a","thinking":"hm"},{"role":"user","content":"b"}]""");

    [Fact]
    public Task AnswerOfAnSdk_GivenBackAsItIs_IsTaken() => AssertSentAsync(
        """[{"role":"assistant","content":"a","refusal":null,"annotations":[],"audio":null,"function_call":null,"tool_calls":null}]""",
        """[{"role":"assistant","content":"a"}]""");

    private async Task AssertSentAsync(string messages, string native)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var answer = await shared.Bed.ChatAsync(ChatBody.Saying(messages));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.False(answer.Headers.ContainsKey("X-LlamaGate-Ignored"));
        Assert.Equal(ChatBody.NativeSaying(native), (await shared.Bed.NextChatUpstreamAsync()).Body);
    }
}
