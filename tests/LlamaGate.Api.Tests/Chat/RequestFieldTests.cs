using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>Each field beside the messages: the bytes that Ollama is sent for it.</summary>
public class RequestFieldTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string Schema =
        """{"type":"object","properties":{"b":{"type":"number","minimum":1.0,"maximum":1e2},"a":{"enum":["x",null]}},"additionalProperties":false}""";

    [Theory]
    [InlineData("", "")]
    [InlineData("\"stream\":false", "")]
    [InlineData("\"stream\":null", "")]
    [InlineData("\"temperature\":0", "\"options\":{\"temperature\":0}")]
    [InlineData("\"temperature\":0.7", "\"options\":{\"temperature\":0.7}")]
    [InlineData("\"temperature\":2", "\"options\":{\"temperature\":2}")]
    [InlineData("\"temperature\":null", "")]
    [InlineData("\"top_p\":0", "\"options\":{\"top_p\":0}")]
    [InlineData("\"top_p\":1", "\"options\":{\"top_p\":1}")]
    [InlineData("\"seed\":0", "\"options\":{\"seed\":0}")]
    [InlineData("\"seed\":-1", "\"options\":{\"seed\":-1}")]
    [InlineData("\"seed\":9223372036854775807", "\"options\":{\"seed\":9223372036854775807}")]
    [InlineData("\"frequency_penalty\":0", "\"options\":{\"frequency_penalty\":0}")]
    [InlineData("\"frequency_penalty\":-2", "\"options\":{\"frequency_penalty\":-2}")]
    [InlineData("\"presence_penalty\":0", "\"options\":{\"presence_penalty\":0}")]
    [InlineData("\"presence_penalty\":2", "\"options\":{\"presence_penalty\":2}")]
    [InlineData("\"stop\":\"\\n\"", "\"options\":{\"stop\":[\"\\n\"]}")]
    [InlineData("\"stop\":[\"a\",\"é\"]", "\"options\":{\"stop\":[\"a\",\"é\"]}")]
    [InlineData("\"stop\":[\"1\",\"2\",\"3\",\"4\"]", "\"options\":{\"stop\":[\"1\",\"2\",\"3\",\"4\"]}")]
    [InlineData("\"stop\":[]", "\"options\":{\"stop\":[]}")]
    [InlineData("\"stop\":null", "")]
    [InlineData("\"max_tokens\":1", "\"options\":{\"num_predict\":1}")]
    [InlineData("\"max_completion_tokens\":7", "\"options\":{\"num_predict\":7}")]
    [InlineData("\"max_tokens\":5,\"max_completion_tokens\":7", "\"options\":{\"num_predict\":7}")]
    [InlineData("\"max_completion_tokens\":7,\"max_tokens\":9", "\"options\":{\"num_predict\":7}")]
    [InlineData("\"max_completion_tokens\":null,\"max_tokens\":9", "\"options\":{\"num_predict\":9}")]
    [InlineData(
        "\"stop\":\"x\",\"seed\":1,\"top_p\":0.5,\"temperature\":1",
        "\"options\":{\"temperature\":1,\"top_p\":0.5,\"seed\":1,\"stop\":[\"x\"]}")]
    public Task Sampling_EachField_IsSentAsOption(string fields, string native) => AssertSentAsync(fields, native);

    [Theory]
    [InlineData("{\"type\":\"text\"}", "")]
    [InlineData("null", "")]
    [InlineData("{\"type\":\"json_object\"}", "\"format\":\"json\"")]
    [InlineData("{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"n\",\"strict\":true,\"schema\":" + Schema + "}}", "\"format\":" + Schema)]
    public Task ResponseFormat_EachType_IsSentAsFormat(string format, string native) =>
        AssertSentAsync("\"response_format\":" + format, native);

    [Theory]
    [InlineData("\"tools\":[" + ChatBody.Tool + "]", "\"tools\":[" + ChatBody.Tool + "]")]
    [InlineData("\"tools\":[" + ChatBody.Tool + "],\"tool_choice\":\"auto\"", "\"tools\":[" + ChatBody.Tool + "]")]
    [InlineData("\"tools\":[" + ChatBody.Tool + "],\"tool_choice\":\"none\"", "")]
    [InlineData("\"tools\":[]", "")]
    [InlineData("\"tools\":null,\"tool_choice\":null", "")]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"strict\":true}}]",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]")]
    [InlineData(
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":" + Schema + "}}]",
        "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":" + Schema + "}}]")]
    public Task Tools_Offered_AreSentUnchanged(string fields, string native) => AssertSentAsync(fields, native);

    [Theory]
    [InlineData("\"keep_alive\":300", "\"keep_alive\":300")]
    [InlineData("\"keep_alive\":0", "\"keep_alive\":0")]
    [InlineData("\"keep_alive\":-1", "\"keep_alive\":-1")]
    [InlineData("\"keep_alive\":\"10m\"", "\"keep_alive\":\"10m\"")]
    [InlineData("\"think\":true", "\"think\":true")]
    [InlineData("\"think\":false", "\"think\":false")]
    [InlineData("\"think\":\"high\"", "\"think\":\"high\"")]
    [InlineData("\"think\":\"max\"", "\"think\":\"max\"")]
    [InlineData("\"think\":null,\"keep_alive\":null,\"options\":null", "")]
    [InlineData("\"options\":{}", "")]
    [InlineData("\"options\":{\"num_ctx\":4096,\"top_k\":0}", "\"options\":{\"num_ctx\":4096,\"top_k\":0}")]
    [InlineData("\"options\":{\"temperature\":0.5}", "\"options\":{\"temperature\":0.5}")]
    [InlineData("\"options\":{\"temperature\":0.5},\"temperature\":0", "\"options\":{\"temperature\":0}")]
    [InlineData("\"options\":{\"num_predict\":-1,\"mirostat\":1},\"max_tokens\":3", "\"options\":{\"num_predict\":3,\"mirostat\":1}")]
    [InlineData("\"options\":{\"stop\":[\"a\"],\"seed\":1},\"stop\":\"b\",\"seed\":0", "\"options\":{\"seed\":0,\"stop\":[\"b\"]}")]
    [InlineData(
        "\"options\":{\"top_p\":1,\"frequency_penalty\":1,\"presence_penalty\":1},\"top_p\":0,\"frequency_penalty\":0,\"presence_penalty\":0",
        "\"options\":{\"top_p\":0,\"frequency_penalty\":0,\"presence_penalty\":0}")]
    public Task VendorFields_Sent_GoThroughAndOpenAIsWin(string fields, string native) => AssertSentAsync(fields, native);

    [Theory]
    [InlineData("\"user\":\"u\",\"metadata\":{\"a\":\"b\"},\"store\":true,\"service_tier\":\"auto\"")]
    [InlineData("\"prompt_cache_key\":\"k\",\"safety_identifier\":\"s\",\"modalities\":[\"text\"]")]
    [InlineData("\"logit_bias\":null,\"something\":null")]
    public async Task FieldsWithoutEffect_Sent_AreNeitherPassedOnNorReported(string fields)
    {
        var answer = await AssertSentAsync(fields, "");
        Assert.False(answer.Headers.ContainsKey("X-LlamaGate-Ignored"));
    }

    [Theory]
    [InlineData("\"logit_bias\":{\"1\":2}", "logit_bias")]
    [InlineData("\"logit_bias\":{},\"frobnicate\":1,\"verbosity\":\"low\"", "logit_bias, frobnicate, verbosity")]
    [InlineData("\"modalities\":[\"text\",\"audio\"],\"audio\":{}", "audio, modalities")]
    [InlineData("\"bad name\\r\\nX-Evil: 1\":1", "(unnamed)")]
    [InlineData("\"prediction\":{},\"web_search_options\":{}", "prediction, web_search_options")]
    public async Task IgnoredFields_Sent_AreNamedInTheHeader(string fields, string header)
    {
        var answer = await AssertSentAsync(fields, "");
        Assert.Equal(header, answer.Headers["X-LlamaGate-Ignored"]);
    }

    [Fact]
    public async Task IgnoredFields_OfAStream_AreNamedInTheHeader()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        var answer = await shared.Bed.ChatAsync(ChatBody.With("\"stream\":true,\"frobnicate\":1"));
        Assert.Equal("frobnicate", answer.Headers["X-LlamaGate-Ignored"]);
    }

    [Fact]
    public async Task Stream_True_IsAskedOfOllama()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_stream"));
        await shared.Bed.ChatAsync(ChatBody.HiStreamed);
        Assert.Equal(ChatBody.Native(), (await shared.Bed.NextChatUpstreamAsync()).Body);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ContextOverflow_Truncate_LeavesItToOllama(bool stream)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ContextOverflow = ContextOverflow.Truncate });
        bed.Ollama.Enqueue(Scenario.Recorded(stream ? "chat_stream" : "chat_nonstream"));
        await bed.ChatAsync(ChatBody.ForModel("plain", stream));
        Assert.Equal(ChatBody.ForModel("plain", stream: true), (await bed.NextChatUpstreamAsync()).Body);
    }

    [Theory]
    [InlineData("llama3.2:3b")]
    [InlineData("hf.co/user/Model-GGUF:Q4_K_M")]
    [InlineData("registry.local:5000/team/model")]
    public async Task Model_OfAnyName_IsPassedOnAndGivenBack(string model)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var answer = await shared.Bed.ChatAsync(ChatBody.ForModel(model, stream: false));
        var sent = await shared.Bed.NextChatUpstreamAsync();
        Assert.Equal(model, sent.Json().GetProperty("model").GetString());
        Assert.Equal(model, answer.Json.GetProperty("model").GetString());
    }

    [Fact]
    public async Task Headers_Upstream_HoldTheRequestIdAndNotTheKey()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        await shared.Bed.ChatAsync(ChatBody.Hi, ("X-Request-ID", "r-1"), ("Authorization", "Bearer k"), ("X-API-Key", "k"), ("Cookie", "c=1"));
        var sent = await shared.Bed.NextChatUpstreamAsync();
        Assert.Equal("POST", sent.Method);
        Assert.Equal(
            ["Content-Length", "Content-Type", "Host", "X-Request-ID"],
            sent.Headers.Keys.Order(StringComparer.Ordinal), StringComparer.OrdinalIgnoreCase);
        Assert.Equal("application/json", sent.Headers["Content-Type"]);
        Assert.Equal("r-1", sent.Headers["X-Request-ID"]);
    }

    private async Task<HttpAnswer> AssertSentAsync(string fields, string native)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        var answer = await shared.Bed.ChatAsync(ChatBody.With(fields));
        Assert.True(answer.Status == 200, answer.Body);
        Assert.Equal(ChatBody.Native(native), (await shared.Bed.NextChatUpstreamAsync()).Body);
        return answer;
    }
}
