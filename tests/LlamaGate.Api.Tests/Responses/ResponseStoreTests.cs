using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Responses;

/// <summary>Recent responses can be referred to: by its items, as a whole, and under /v1/responses/{id}.</summary>
public class ResponseStoreTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Second = ",{\"role\":\"user\",\"content\":\"two\"}";

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ItemReference_ToAMessage_StandsForIt(bool isStream)
    {
        var first = await FirstAsync(shared.Bed, isStream ? ",\"stream\":true" : "");
        var answer = await ReferAsync(shared.Bed, Reference(first, 0));
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"uno\"},{\"role\":\"user\",\"content\":\"two\"}]",
            await NextMessagesAsync(shared.Bed));
    }

    [Fact]
    public async Task ItemReference_ToAThoughtAndACall_StandsForThem()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_think_true"));
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_tools"));
        var thought = (await shared.Bed.RespondAsync(Body("\"one\""))).Json;
        await shared.Bed.NextChatUpstreamAsync();
        var call = (await shared.Bed.RespondAsync(Body("\"one\"", ",\"tools\":[" + ResponseCalls.Tool + "]"))).Json;
        await shared.Bed.NextChatUpstreamAsync();
        var callId = call.GetProperty("output")[0].GetProperty("call_id").GetString();
        var answer = await ReferAsync(
            shared.Bed,
            $$"""{{Reference(thought, 0)}},{{Reference(call, 0)}},{"type":"function_call_output","call_id":"{{callId}}","output":"sunny"}""");
        Assert.Equal(200, answer.Status);
        var messages = JsonElement.Parse(await NextMessagesAsync(shared.Bed));
        Assert.Equal("Let me think about this first", messages[1].GetProperty("thinking").GetString());
        Assert.Equal("get_weather", messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("name").GetString());
        Assert.Equal("get_weather", messages[2].GetProperty("tool_name").GetString());
    }

    /// <summary>Calls of tools that are no functions are kept as what they are, and go upstream as before.</summary>
    [Theory]
    [InlineData("{\"type\":\"custom\",\"name\":\"patch\"}", "patch", "{\"input\":\"a\\n\"}", "custom_tool_call")]
    [InlineData("{\"type\":\"shell\"}", "shell", "{\"commands\":[\"ls\"],\"timeout_ms\":5}", "shell_call")]
    [InlineData("{\"type\":\"tool_search\",\"execution\":\"client\"}", "tool_search", "{\"query\":\"x\"}", "tool_search_call")]
    [InlineData("{\"type\":\"namespace\",\"name\":\"n\",\"tools\":[{\"type\":\"function\",\"name\":\"f\"}]}", "n__f", "{\"a\":1}", "function_call")]
    public async Task PreviousResponse_WithACall_IsGoneOnFrom(string tool, string function, string arguments, string type)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Calls(ToolCallForm.OwnLine, new EmulatedToolCall(function, arguments)));
        var first = (await shared.Bed.RespondAsync(Body("\"one\"", ",\"tools\":[" + tool + "]"))).Json;
        await shared.Bed.NextChatUpstreamAsync();
        var call = first.GetProperty("output")[0];
        Assert.Equal(type, call.GetProperty("type").GetString());
        shared.Bed.Ollama.Enqueue(Scenario.Says("ok"));
        var answer = await shared.Bed.RespondAsync(Body(
            $$"""[{"type":"{{type}}_output","call_id":"{{call.GetProperty("call_id").GetString()}}"}]""",
            $",\"previous_response_id\":\"{first.GetProperty("id").GetString()}\""));
        Assert.Equal(200, answer.Status);
        var asked = JsonElement.Parse(await NextMessagesAsync(shared.Bed))[1].GetProperty("tool_calls")[0].GetProperty("function");
        Assert.Equal(function, asked.GetProperty("name").GetString());
        Assert.Equal(arguments, asked.GetProperty("arguments").GetRawText());
    }

    /// <summary>OpenAI needs one of the two only.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(",\"input\":[]")]
    public async Task PreviousResponse_WithoutInput_IsGoneOnFrom(string input)
    {
        var first = await FirstAsync(shared.Bed);
        shared.Bed.Ollama.Enqueue(Scenario.Says("more"));
        var answer = await shared.Bed.RespondAsync($$"""{"model":"m","previous_response_id":"{{first.GetProperty("id").GetString()}}"{{input}}}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"uno\"}]", await NextMessagesAsync(shared.Bed));
    }

    [Fact]
    public async Task ItemReference_ToAnAnswerFromTheCache_StandsForIt()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true });
        await FirstAsync(bed);
        foreach (var fields in new[] { "", ",\"stream\":true" })
        {
            var hit = await bed.RespondAsync(Body("\"one\"", fields));
            Assert.Equal("hit", hit.Headers["X-LlamaGate-Cache"]);
            Assert.Equal(200, (await ReferAsync(bed, Reference(ResponseOf(hit), 0), fields: ",\"temperature\":1")).Status);
        }
    }

    [Fact]
    public async Task ItemReference_ToAThoughtThatIsGone_IsLeftOutAndNamed()
    {
        var answer = await ReferAsync(shared.Bed, "{\"type\":\"item_reference\",\"id\":\"rs_gone\"}");
        Assert.Equal("input[].item_reference", answer.Headers["X-LlamaGate-Ignored"]);
        Assert.Equal(
            "[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"user\",\"content\":\"two\"}]", await NextMessagesAsync(shared.Bed));
    }

    [Theory]
    [InlineData(",\"store\":false")]
    [InlineData(",\"store\":false,\"stream\":true")]
    public async Task Store_ThatIsFalse_KeepsNothing(string fields)
    {
        var first = await FirstAsync(shared.Bed, fields);
        await AssertGoneAsync(shared.Bed, first);
    }

    [Fact]
    public async Task Store_OfStreamThatBreaks_KeepsNothing()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("a", "b") with { Ending = Ending.ErrorLine, EndingAt = 1 });
        var broken = await shared.Bed.RespondAsync(Body("\"one\"", ",\"stream\":true"));
        await shared.Bed.NextChatUpstreamAsync();
        var begun = JsonElement.Parse(broken.Body.Split('\n')[1]["data: ".Length..]).GetProperty("response").GetProperty("id");
        Assert.Equal(404, (await shared.Bed.GetAsync("/v1/responses/" + begun.GetString())).Status);
    }

    [Fact]
    public async Task Store_AfterItsTime_HasForgotten()
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { ResponsesStoreTtl = TimeSpan.FromMinutes(10) });
        var first = await FirstAsync(bed);
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(9));
        Assert.Equal(200, (await bed.GetAsync(PathOf(first))).Status);
        bed.Gateway.Clock.Advance(TimeSpan.FromMinutes(1));
        await AssertGoneAsync(bed, first);
    }

    [Fact]
    public async Task Store_ThatIsOff_KeepsNothingAndSaysSo()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { ResponsesStoreMb = 0 });
        var first = await FirstAsync(bed);
        await AssertGoneAsync(bed, first);
        var answer = await ReferAsync(bed, Reference(first, 0));
        Assert.Contains("RESPONSES_STORE_MB=0", answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PreviousResponse_Chained_TellsInputsAndOutputsButNoInstructions()
    {
        var first = await FirstAsync(shared.Bed, ",\"instructions\":\"old\"");
        var second = await GoOnAsync(first, "two", "dos", ",\"stream\":true");
        var third = await GoOnAsync(second, "three", "tres", ",\"instructions\":\"new\"");
        Assert.Equal(second.GetProperty("id").GetString(), third.GetProperty("previous_response_id").GetString());
        Assert.Equal(
            "[{\"role\":\"system\",\"content\":\"new\"},{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"assistant\",\"content\":\"uno\"},"
            + "{\"role\":\"user\",\"content\":\"two\"},{\"role\":\"assistant\",\"content\":\"dos\"},{\"role\":\"user\",\"content\":\"three\"}]",
            _messages);
    }

    [Fact]
    public async Task Response_OfAnotherCaller_IsNotFound()
    {
        // Without a key, whose it is depends on the address.
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { TrustedProxies = [System.Net.IPNetwork.Parse("127.0.0.0/8")] });
        bed.Ollama.Enqueue(Scenario.Says("uno"));
        var first = (await bed.RespondAsync(Body("\"one\""), ("X-Forwarded-For", "10.0.0.1"))).Json;
        Assert.Equal(200, (await ReferAsync(bed, Reference(first, 0), from: "10.0.0.1")).Status);
        Assert.Equal(404, (await ReferAsync(bed, Reference(first, 0), from: "10.0.0.2")).Status);
    }

    [Fact]
    public async Task InputItems_WhoseContentWasAString_ListItAsAPart()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says("uno"));
        var response = (await shared.Bed.RespondAsync(Body("""[{"role":"user","content":"one"},{"role":"assistant","content":"two"}]"""))).Json;
        await shared.Bed.NextChatUpstreamAsync();
        var items = (await shared.Bed.GetAsync(PathOf(response) + "/input_items?order=asc")).Json.GetProperty("data");
        Assert.Equal(
            ["""[{"type":"input_text","text":"one"}]""", """[{"type":"output_text","text":"two"}]"""],
            items.EnumerateArray().Select(item => item.GetProperty("content").GetRawText()), StringComparer.Ordinal);
    }

    [Fact]
    public async Task StoredResponse_CanBeReadListedAndDeleted()
    {
        var first = await FirstAsync(shared.Bed);
        Assert.Equal(first.GetRawText(), (await shared.Bed.GetAsync(PathOf(first))).Body);
        var second = await GoOnAsync(first, "two", "dos");
        var items = (await shared.Bed.GetAsync(PathOf(second) + "/input_items")).Json;
        Assert.Equal("list", items.GetProperty("object").GetString());
        Assert.Equal(["two", "uno", "one"], Texts(items), StringComparer.Ordinal);
        Assert.False(items.GetProperty("has_more").GetBoolean());

        var page = (await shared.Bed.GetAsync(PathOf(second) + "/input_items?order=asc&limit=2")).Json;
        Assert.Equal(["one", "uno"], Texts(page), StringComparer.Ordinal);
        Assert.True(page.GetProperty("has_more").GetBoolean());
        var last = page.GetProperty("last_id").GetString();
        var rest = (await shared.Bed.GetAsync($"{PathOf(second)}/input_items?order=asc&after={last}")).Json;
        Assert.Equal(["two"], Texts(rest), StringComparer.Ordinal);

        foreach (var (query, field) in new[] { ("limit=0", "limit"), ("limit=101", "limit"), ("limit=x", "limit"), ("order=up", "order"), ("after=nope", "after") })
        {
            var refused = await shared.Bed.GetAsync($"{PathOf(second)}/input_items?{query}");
            Assert.Equal((400, field), (refused.Status, refused.Error.GetProperty("param").GetString()));
        }

        using var deleted = await shared.Bed.Client.DeleteAsync(PathOf(first));
        Assert.Equal(
            $$"""{"id":"{{first.GetProperty("id").GetString()}}","object":"response","deleted":true}""",
            await deleted.Content.ReadAsStringAsync());
        await AssertGoneAsync(shared.Bed, first);
        Assert.Equal(200, (await shared.Bed.GetAsync(PathOf(second))).Status);
    }

    [Fact]
    public async Task ItemReference_ToAnItemThatWasListed_StandsForIt()
    {
        var first = await FirstAsync(shared.Bed);
        var listed = (await shared.Bed.GetAsync(PathOf(first) + "/input_items")).Json.GetProperty("first_id").GetString();
        var answer = await ReferAsync(shared.Bed, $$"""{"type":"item_reference","id":"{{listed}}"}""");
        Assert.Equal(200, answer.Status);
        Assert.Equal(
            "[{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"user\",\"content\":\"one\"},{\"role\":\"user\",\"content\":\"two\"}]",
            await NextMessagesAsync(shared.Bed));
        foreach (var gone in new[] { "item_7" + listed![6..], "item_x" + listed[6..], "item_0_resp_gone", "item_" })
        {
            Assert.Equal(404, (await shared.Bed.RespondAsync(Body($$"""[{"type":"item_reference","id":"{{gone}}"}]"""))).Status);
        }
    }

    [Fact]
    public async Task StoredResponse_ThatIsToBeStreamedOrCancelled_IsRefused()
    {
        var first = await FirstAsync(shared.Bed);
        var refused = await shared.Bed.GetAsync(PathOf(first) + "?stream=true&starting_after=1");
        Assert.Equal((400, "stream"), (refused.Status, refused.Error.GetProperty("param").GetString()));
        Assert.Equal(200, (await shared.Bed.GetAsync(PathOf(first) + "?stream=false")).Status);
        Assert.Equal(400, (await shared.Bed.PostAsync(PathOf(first) + "/cancel", "")).Status);
    }

    private string _messages = "";

    private static string Body(string input, string fields = "") => $$"""{"model":"plain","input":{{input}}{{fields}}}""";

    private static string Reference(JsonElement response, int index) =>
        $$"""{"type":"item_reference","id":"{{response.GetProperty("output")[index].GetProperty("id").GetString()}}"}""";

    private static string PathOf(JsonElement response) => "/v1/responses/" + response.GetProperty("id").GetString();

    private static IEnumerable<string?> Texts(JsonElement list) => list.GetProperty("data").EnumerateArray()
        .Select(item => item.GetProperty("content"))
        .Select(content => content.ValueKind == JsonValueKind.String ? content.GetString() : content[0].GetProperty("text").GetString());

    private static JsonElement ResponseOf(HttpAnswer answer) => answer.Body.StartsWith('{')
        ? answer.Json
        : JsonElement.Parse(answer.Body.TrimEnd().Split('\n')[^1]["data: ".Length..]).GetProperty("response");

    private static async Task<JsonElement> FirstAsync(GatewayOverOllama bed, string fields = "")
    {
        bed.Ollama.Enqueue(Scenario.Says("uno"));
        var answer = await bed.RespondAsync(Body("\"one\"", fields));
        await bed.NextChatUpstreamAsync();
        return ResponseOf(answer);
    }

    private async Task<JsonElement> GoOnAsync(JsonElement previous, string input, string output, string fields = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Says(output));
        var id = previous.GetProperty("id").GetString();
        var answer = await shared.Bed.RespondAsync(Body($"\"{input}\"", $",\"previous_response_id\":\"{id}\"{fields}"));
        Assert.Equal(200, answer.Status);
        _messages = await NextMessagesAsync(shared.Bed);
        return ResponseOf(answer);
    }

    private static async Task<HttpAnswer> ReferAsync(
        GatewayOverOllama bed, string items, string fields = "", string from = "10.9.9.9")
    {
        bed.Ollama.Enqueue(Scenario.Says("dos"));
        var input = "[{\"role\":\"user\",\"content\":\"one\"}," + items + Second + "]";
        return await bed.RespondAsync(Body(input, fields), ("X-Forwarded-For", from));
    }

    private static async Task<string> NextMessagesAsync(GatewayOverOllama bed) =>
        (await bed.NextChatUpstreamAsync()).Json().GetProperty("messages").GetRawText();

    private static async Task AssertGoneAsync(GatewayOverOllama bed, JsonElement response)
    {
        var id = response.GetProperty("id").GetString();
        Assert.Equal(404, (await bed.GetAsync(PathOf(response))).Status);
        Assert.Equal(404, (await bed.GetAsync(PathOf(response) + "/input_items")).Status);
        var previous = await bed.RespondAsync(Body("\"two\"", $",\"previous_response_id\":\"{id}\""));
        Assert.Equal((404, "previous_response_not_found"), (previous.Status, previous.ErrorCode));
        var item = await bed.RespondAsync(Body("[" + Reference(response, 0) + "]"));
        Assert.Equal((404, "not_found"), (item.Status, item.ErrorCode));
        Assert.Equal("input[0].id", item.Error.GetProperty("param").GetString());
        Assert.Contains("store", item.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }
}
