using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>Each field and each kind of item: the bytes that Ollama is sent for it, and what the answer says was ignored.</summary>
public class ResponseRequestTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Png = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGBgAAAABQABpfZFQAAAAABJRU5ErkJggg==";

    private const string Tools = "\"tools\":[" + ResponseCalls.Tool + "]";

    private const string NativeTools = "\"tools\":[" + ResponseCalls.NativeTool + "]";

    [Theory]
    [InlineData("", "")]
    [InlineData("\"stream\":false", "")]
    [InlineData("\"temperature\":0", "\"options\":{\"temperature\":0}")]
    [InlineData("\"top_p\":1", "\"options\":{\"top_p\":1}")]
    [InlineData("\"max_output_tokens\":1", "\"options\":{\"num_predict\":1}")]
    [InlineData("\"options\":{\"seed\":7,\"num_predict\":3},\"max_output_tokens\":5", "\"options\":{\"num_predict\":5,\"seed\":7}")]
    [InlineData("\"text\":{\"format\":{\"type\":\"text\"}}", "")]
    [InlineData("\"text\":{\"format\":{\"type\":\"json_object\"}}", "\"format\":\"json\"")]
    [InlineData(
        "\"text\":{\"format\":{\"type\":\"json_schema\",\"name\":\"n\",\"strict\":true,\"schema\":{\"type\":\"object\",\"b\":1.0}}}",
        "\"format\":{\"type\":\"object\",\"b\":1.0}")]
    [InlineData(Tools, NativeTools)]
    [InlineData(Tools + ",\"tool_choice\":\"auto\"", NativeTools)]
    [InlineData(Tools + ",\"tool_choice\":\"none\"", "")]
    [InlineData("\"tools\":[{\"type\":\"web_search\"}," + ResponseCalls.Tool + "],\"tool_choice\":{\"type\":\"web_search\"}", NativeTools)]
    [InlineData("\"tools\":[{\"type\":\"mcp\",\"server_url\":\"x\"}],\"tool_choice\":\"required\"", "")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\"}]}", NativeTools)]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"auto\",\"tools\":[{\"type\":\"mcp\",\"server_label\":\"x\"}]}", "")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"computer_use\"}", NativeTools)]
    [InlineData("\"top_logprobs\":2", "\"logprobs\":true,\"top_logprobs\":2")]
    [InlineData("\"top_logprobs\":0", "")]
    [InlineData("\"include\":[\"message.output_text.logprobs\"]", "\"logprobs\":true")]
    [InlineData("\"keep_alive\":\"10m\"", "\"keep_alive\":\"10m\"")]
    [InlineData("\"think\":false", "\"think\":false")]
    [InlineData("\"store\":false,\"background\":false,\"previous_response_id\":null,\"conversation\":null,\"prompt\":null", "")]
    public Task Field_EachOne_IsSentAs(string fields, string native) =>
        AssertSentAsync(ResponseCalls.With(fields), "[{\"role\":\"user\",\"content\":\"hi\"}]", native);

    [Theory]
    [InlineData("[{\"role\":\"user\",\"content\":\"a\"}]", "[{\"role\":\"user\",\"content\":\"a\"}]")]
    [InlineData(
        "[{\"type\":\"message\",\"role\":\"developer\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_text\",\"text\":\"b\"}]}]",
        "[{\"role\":\"system\",\"content\":\"a\\nb\"}]")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"a\"},{\"type\":\"input_image\",\"detail\":\"auto\",\"image_url\":\"data:image/png;base64," + Png + "\"}]}]",
        "[{\"role\":\"user\",\"content\":\"a\",\"images\":[\"" + Png + "\"]}]")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":\"q\"},{\"id\":\"msg_1\",\"type\":\"message\",\"status\":\"completed\",\"role\":\"assistant\",\"content\":[{\"type\":\"output_text\",\"text\":\"a\",\"annotations\":[],\"logprobs\":[]}]},{\"role\":\"user\",\"content\":\"r\"}]",
        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"a\"},{\"role\":\"user\",\"content\":\"r\"}]")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":\"q\"},{\"type\":\"reasoning\",\"id\":\"rs_1\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]},{\"role\":\"assistant\",\"content\":\"Sure.\"},{\"type\":\"function_call\",\"id\":\"fc_1\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{\\\"x\\\":1}\"},{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":\"1\"},{\"type\":\"function_call_output\",\"call_id\":\"c2\",\"output\":[{\"type\":\"input_text\",\"text\":\"2\"}]}]",
        "[{\"role\":\"user\",\"content\":\"q\"},{\"role\":\"assistant\",\"content\":\"Sure.\",\"thinking\":\"hm\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":{\"x\":1}}},{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":{}}}]},{\"role\":\"tool\",\"content\":\"1\",\"tool_name\":\"f\",\"tool_call_id\":\"c1\"},{\"role\":\"tool\",\"content\":\"2\",\"tool_name\":\"g\",\"tool_call_id\":\"c2\"}]")]
    [InlineData(
        "[{\"type\":\"custom_tool_call\",\"id\":\"ctc_1\",\"call_id\":\"c1\",\"name\":\"patch\",\"input\":\"a \\\"b\\\"\\n\"},{\"type\":\"custom_tool_call_output\",\"call_id\":\"c1\",\"output\":\"ok\"}]",
        "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"patch\",\"arguments\":{\"input\":\"a \\\"b\\\"\\n\"}}}]},{\"role\":\"tool\",\"content\":\"ok\",\"tool_name\":\"patch\",\"tool_call_id\":\"c1\"}]")]
    [InlineData(
        "[{\"type\":\"function_call\",\"call_id\":\"c1\",\"name\":\"f\",\"arguments\":\"{}\"},{\"type\":\"function_call\",\"call_id\":\"c2\",\"name\":\"g\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c1\",\"output\":[{\"type\":\"input_text\",\"text\":\"done\"},{\"type\":\"input_image\",\"image_url\":\"data:image/png;base64," + Png + "\"}]},{\"type\":\"function_call_output\",\"call_id\":\"c2\",\"output\":\"2\"},{\"role\":\"user\",\"content\":\"and?\"}]",
        "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c1\",\"function\":{\"name\":\"f\",\"arguments\":{}}},{\"id\":\"c2\",\"function\":{\"name\":\"g\",\"arguments\":{}}}]},{\"role\":\"tool\",\"content\":\"done\",\"tool_name\":\"f\",\"tool_call_id\":\"c1\"},{\"role\":\"tool\",\"content\":\"2\",\"tool_name\":\"g\",\"tool_call_id\":\"c2\"},{\"role\":\"user\",\"content\":\"[image: left out, since it cannot be shown]\"},{\"role\":\"user\",\"content\":\"and?\"}]")]
    [InlineData(
        "[{\"role\":\"user\",\"content\":\"a\"},{\"type\":\"reasoning\",\"summary\":[{\"type\":\"summary_text\",\"text\":\"hm\"}]},{\"role\":\"user\",\"content\":\"b\"},{\"type\":\"reasoning\",\"encrypted_content\":\"x\",\"summary\":[]},{\"role\":\"user\",\"content\":\"c\"}]",
        "[{\"role\":\"user\",\"content\":\"a\"},{\"role\":\"assistant\",\"content\":\"\",\"thinking\":\"hm\"},{\"role\":\"user\",\"content\":\"b\"},{\"role\":\"user\",\"content\":\"c\"}]")]
    public Task Input_EachKindOfItem_IsSentAs(string input, string messages) =>
        AssertSentAsync("{\"model\":\"plain\",\"input\":" + input + "}", messages, "");

    [Theory]
    [InlineData("\"arguments\":\"\"", "{}")]
    [InlineData("\"arguments\":\" \"", "{}")]
    [InlineData("\"arguments\":\"[]\"", "{}")]
    [InlineData("\"arguments\":\"null\"", "{}")]
    [InlineData("\"arguments\":null", "{}")]
    [InlineData("\"status\":\"completed\"", "{}")]
    [InlineData("\"arguments\":{\"a\":1}", "{\"a\":1}")]
    [InlineData("\"arguments\":\"{\\\"city\\\":\\\"Pa\"", "{\"arguments\":\"{\\\"city\\\":\\\"Pa\"}")]
    public Task Arguments_WhateverTheyAre_AreSentAsAnObject(string member, string arguments) => AssertSentAsync(
        "{\"model\":\"plain\",\"input\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"now\"," + member + "},{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"12:00\"}]}",
        "[{\"role\":\"assistant\",\"content\":\"\",\"tool_calls\":[{\"id\":\"c\",\"function\":{\"name\":\"now\",\"arguments\":" + arguments + "}}]},{\"role\":\"tool\",\"content\":\"12:00\",\"tool_name\":\"now\",\"tool_call_id\":\"c\"}]",
        "");

    [Theory]
    [InlineData("{\"role\":\"assistant\"}", "{\"role\":\"assistant\",\"content\":\"\"}")]
    [InlineData("{\"role\":\"assistant\",\"content\":null}", "{\"role\":\"assistant\",\"content\":\"\"}")]
    [InlineData("{\"role\":\"assistant\",\"content\":[]}", "{\"role\":\"assistant\",\"content\":\"\"}")]
    [InlineData("{\"type\":\"function_call_output\",\"call_id\":\"c\"}", "{\"role\":\"tool\",\"content\":\"\",\"tool_call_id\":\"c\"}")]
    [InlineData("{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":[]}", "{\"role\":\"tool\",\"content\":\"\",\"tool_call_id\":\"c\"}")]
    public Task Turn_ThatIsEmpty_IsSentAsEmpty(string item, string message) => AssertSentAsync(
        "{\"model\":\"plain\",\"input\":[{\"role\":\"user\",\"content\":\"a\"}," + item + ",{\"role\":\"user\",\"content\":\"b\"}]}",
        "[{\"role\":\"user\",\"content\":\"a\"}," + message + ",{\"role\":\"user\",\"content\":\"b\"}]",
        "");

    [Fact]
    public Task Instructions_StandFirstAsSystemMessage() => AssertSentAsync(
        ResponseCalls.With("\"instructions\":\"Be brief.\""),
        "[{\"role\":\"system\",\"content\":\"Be brief.\"},{\"role\":\"user\",\"content\":\"hi\"}]",
        "");

    [Theory]
    [InlineData("\"tool_choice\":\"required\"")]
    [InlineData("\"tool_choice\":{\"type\":\"function\",\"name\":\"get_weather\"}")]
    [InlineData("\"tool_choice\":{\"type\":\"allowed_tools\",\"mode\":\"required\",\"tools\":[{\"type\":\"function\",\"name\":\"get_weather\"}]}")]
    public async Task ToolChoice_ThatRequiresACall_IsEnforced(string choice)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("{\"name\":\"get_weather\",", "\"arguments\":{\"city\":\"Paris\"}}"));
        var answer = await shared.Bed.RespondAsync(ResponseCalls.With(Tools + "," + choice));
        var upstream = (await shared.Bed.NextChatUpstreamAsync()).Json();
        Assert.Equal(
            "get_weather",
            upstream.GetProperty("format").GetProperty("properties").GetProperty("name").GetProperty("const").GetString());
        var call = answer.Json.GetProperty("output")[0];
        Assert.Equal("function_call", call.GetProperty("type").GetString());
        Assert.Equal("{\"city\":\"Paris\"}", call.GetProperty("arguments").GetString());
        Assert.Equal("completed", answer.Json.GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("high", "\"high\"")]
    [InlineData("none", "false")]
    [InlineData("xhigh", "\"max\"")]
    public async Task ReasoningEffort_OfAThinkingModel_IsSentAsThink(string effort, string think)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        await shared.Bed.RespondAsync("{\"model\":\"tiny\",\"input\":\"hi\",\"reasoning\":{\"effort\":\"" + effort + "\"}}");
        Assert.Equal(think, (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("think").GetRawText());
    }

    [Fact]
    public async Task Ignored_WhatHasNoEffect_IsNamed()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await shared.Bed.RespondAsync(ResponseCalls.With(
            """
            "store":true,"truncation":"auto","include":["file_search_call.results"],"max_tool_calls":3,"text":{"verbosity":"low"},"reasoning":{"effort":"low","context":"x"},"stream_options":{"include_obfuscation":true},"user":"u","service_tier":"auto"
            """));
        await shared.Bed.NextChatUpstreamAsync();
        Assert.Equal(
            "max_tool_calls, reasoning.context, text.verbosity, include, truncation, stream_options.include_obfuscation, reasoning.effort",
            answer.Headers["X-LlamaGate-Ignored"]);
        Assert.True(answer.Json.GetProperty("store").GetBoolean());
    }

    [Theory]
    [InlineData("web_search")]
    [InlineData("tool_search")]
    [InlineData("apply_patch")]
    [InlineData("mcp")]
    [InlineData("image_generation")]
    [InlineData("what_comes_next")]
    public async Task Tool_OfAnotherType_IsLeftOutAndNamed(string type)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await shared.Bed.RespondAsync(ResponseCalls.With(
            "\"tools\":[" + ResponseCalls.Tool + ",{\"type\":\"" + type + "\",\"name\":\"x\",\"anything\":{\"a\":[1]}}]"));
        Assert.Equal(200, answer.Status);
        Assert.Equal("tools[]." + type, answer.Headers["X-LlamaGate-Ignored"]);
        Assert.Equal(1, answer.Json.GetProperty("tools").GetArrayLength());
        Assert.Equal(1, (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("tools").GetArrayLength());
    }

    [Theory]
    [InlineData("{\"id\":\"ws_1\",\"type\":\"web_search_call\",\"status\":\"completed\",\"action\":{\"type\":\"search\"}}", "web_search_call")]
    [InlineData("{\"type\":\"computer_call_output\",\"call_id\":\"c\",\"output\":{\"type\":\"computer_screenshot\"}}", "computer_call_output")]
    [InlineData("{\"type\":\"mcp_call\",\"id\":\"c\",\"arguments\":\"{}\"}", "mcp_call")]
    [InlineData("{\"type\":\"what_comes_next\",\"role\":5,\"content\":{},\"output\":[1],\"summary\":\"x\",\"id\":[]}", "what_comes_next")]
    [InlineData("{\"type\":\"a\\r\\nb\"}", "(unnamed)")]
    public async Task Item_OfAnotherType_IsLeftOutAndNamed(string item, string named)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await shared.Bed.RespondAsync(
            "{\"model\":\"plain\",\"input\":[{\"role\":\"user\",\"content\":\"a\"}," + item + ",{\"role\":\"user\",\"content\":\"b\"}]}");
        Assert.Equal(200, answer.Status);
        Assert.Equal("input[]." + named, answer.Headers["X-LlamaGate-Ignored"]);
        Assert.Equal(2, (await shared.Bed.NextChatUpstreamAsync()).Json().GetProperty("messages").GetArrayLength());
    }

    private async Task AssertSentAsync(string body, string messages, string native)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await shared.Bed.RespondAsync(body);
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "{\"model\":\"plain\",\"messages\":" + messages + ",\"stream\":true" + (native.Length > 0 ? "," : "") + native
            + ",\"truncate\":false}",
            Ordered((await shared.Bed.NextChatUpstreamAsync()).Body));
    }

    /// <summary>Log probabilities are written last; here they stand before the constant as any other field.</summary>
    private static string Ordered(string body)
    {
        const string constants = ",\"truncate\":false";
        return body.Replace(constants, "", StringComparison.Ordinal)[..^1] + constants + "}";
    }
}
