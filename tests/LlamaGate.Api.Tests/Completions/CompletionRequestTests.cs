using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Completions;

/// <summary>Each field: the bytes that Ollama is sent for it, or what the caller is told of a bad one.</summary>
public class CompletionRequestTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("", "")]
    [InlineData("\"stream\":false,\"max_tokens\":null,\"n\":null,\"best_of\":null,\"echo\":null,\"logprobs\":null", "")]
    [InlineData("\"n\":1,\"best_of\":1,\"echo\":false", "")]
    [InlineData("\"max_tokens\":1", "\"options\":{\"num_predict\":1}")]
    [InlineData("\"temperature\":0,\"top_p\":0,\"seed\":0", "\"options\":{\"temperature\":0,\"top_p\":0,\"seed\":0}")]
    [InlineData("\"presence_penalty\":0,\"frequency_penalty\":-2", "\"options\":{\"frequency_penalty\":-2,\"presence_penalty\":0}")]
    [InlineData("\"stop\":\"x\"", "\"options\":{\"stop\":[\"x\"]}")]
    [InlineData("\"stop\":[]", "\"options\":{\"stop\":[]}")]
    [InlineData("\"stop\":[\"1\",\"2\",\"3\",\"4\"]", "\"options\":{\"stop\":[\"1\",\"2\",\"3\",\"4\"]}")]
    [InlineData("\"options\":{\"num_ctx\":512,\"seed\":1},\"seed\":2", "\"options\":{\"seed\":2,\"num_ctx\":512}")]
    [InlineData("\"think\":false", "\"think\":false")]
    [InlineData("\"think\":\"high\",\"keep_alive\":\"5m\"", "\"think\":\"high\",\"keep_alive\":\"5m\"")]
    [InlineData("\"suffix\":\"end\"", "", "\"suffix\":\"end\"")]
    [InlineData("\"suffix\":\"\"", "", "\"suffix\":\"\"")]
    [InlineData("\"suffix\":null", "")]
    [InlineData("\"logprobs\":0", "", "", "\"logprobs\":true")]
    [InlineData("\"logprobs\":5", "", "", "\"logprobs\":true,\"top_logprobs\":5")]
    public async Task Field_Sent_IsPassedOn(string fields, string native, string suffix = "", string last = "")
    {
        var answer = await AskAsync(CompletionBody.With(fields));
        Assert.Equal(CompletionBody.Native(native, suffix, last), await NextUpstreamAsync());
        Assert.False(answer.Headers.ContainsKey("X-LlamaGate-Ignored"));
    }

    [Theory]
    [InlineData("\"hi\"")]
    [InlineData("[\"hi\"]")]
    public async Task Prompt_OfEitherForm_IsSent(string prompt)
    {
        await AskAsync($$"""{"model":"plain","prompt":{{prompt}}}""");
        Assert.Equal(CompletionBody.Native(), await NextUpstreamAsync());
    }

    [Fact]
    public async Task FieldsWithoutEffect_AreNamedButUser()
    {
        var answer = await AskAsync(CompletionBody.With("\"user\":\"u\",\"logit_bias\":{\"50256\":-100},\"x\":1"));
        Assert.Equal("logit_bias, x", answer.Headers["X-LlamaGate-Ignored"]);
        Assert.Equal(CompletionBody.Native(), await NextUpstreamAsync());
    }

    [Fact]
    public async Task Truncate_IsLeftToOllama_WhenOverflowMayTruncate()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ContextOverflow = ContextOverflow.Truncate });
        await bed.PostAsync(CompletionBody.Path, CompletionBody.Hi);
        Assert.Equal("""{"model":"plain","prompt":"hi","stream":true}""", bed.Ollama.Requests[0].Body);
    }

    [Fact]
    public async Task Prompts_EachWithNAnswers_AreCallsOfTheirOwnWithSeedsInARow()
    {
        shared.Bed.Ollama.Reset();
        await AskAsync("""{"model":"plain","prompt":["a","b"],"n":2,"seed":7}""");
        string Native(string prompt, int seed) => CompletionBody.Native($"\"options\":{{\"seed\":{seed}}}", prompt: prompt);
        Assert.Equal(
            [Native("a", 7), Native("a", 8), Native("b", 7), Native("b", 8)],
            shared.Bed.Ollama.Requests.Select(r => r.Body).Order(StringComparer.Ordinal),
            StringComparer.Ordinal);
        shared.Bed.Ollama.Reset();
    }

    [Theory]
    [InlineData("{\"prompt\":\"hi\"}", "model")]
    [InlineData("{\"model\":\"plain\"}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":null}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":\"\"}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":[]}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":[\"a\",\"\"]}", "prompt[1]")]
    [InlineData("{\"model\":\"plain\",\"prompt\":[1,2]}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":[[1],[2]]}", "prompt")]
    [InlineData("{\"model\":\"plain\",\"prompt\":{}}", "prompt")]
    public Task BadPrompt_OfAnyKind_Is400ThatNamesIt(string body, string param) => AssertRefusedAsync(body, param);

    [Theory]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":0,\"echo\":true", "max_tokens")]
    [InlineData("\"max_tokens\":-1", "max_tokens")]
    [InlineData("\"temperature\":2.1", "temperature")]
    [InlineData("\"top_p\":-0.1", "top_p")]
    [InlineData("\"presence_penalty\":3", "presence_penalty")]
    [InlineData("\"frequency_penalty\":-3", "frequency_penalty")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":9", "n")]
    [InlineData("\"best_of\":0", "best_of")]
    [InlineData("\"best_of\":21", "best_of")]
    [InlineData("\"n\":3,\"best_of\":2", "best_of")]
    [InlineData("\"best_of\":2,\"stream\":true", "best_of")]
    [InlineData("\"logprobs\":-1", "logprobs")]
    [InlineData("\"logprobs\":6", "logprobs")]
    [InlineData("\"logprobs\":true", "logprobs")]
    [InlineData("\"logprobs\":1,\"echo\":true", "logprobs")]
    [InlineData("\"stop\":[5]", "stop")]
    [InlineData("\"suffix\":5", "suffix")]
    [InlineData("\"think\":\"much\"", "think")]
    [InlineData("\"keep_alive\":true", "keep_alive")]
    [InlineData("\"options\":\"x\"", "options")]
    [InlineData("\"echo\":\"yes\"", "echo")]
    public Task BadField_OfAnyKind_Is400ThatNamesIt(string fields, string param) =>
        AssertRefusedAsync(CompletionBody.With(fields), param);

    [Theory]
    [InlineData(128, 1, 200)]
    [InlineData(129, 1, 400)]
    [InlineData(16, 8, 200)]
    [InlineData(17, 8, 400)]
    public async Task Answers_UpToTheLimit_AreMade(int prompts, int n, int status)
    {
        var texts = string.Join(',', Enumerable.Repeat("\"a\"", prompts));
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, $$"""{"model":"plain","prompt":[{{texts}}],"n":{{n}}}""");
        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? prompts * n : 0, shared.Bed.Ollama.Requests.Count);
        shared.Bed.Ollama.Reset();
    }

    private async Task AssertRefusedAsync(string body, string param)
    {
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, body);
        Assert.Equal(400, answer.Status);
        Assert.Equal("invalid_request_error", answer.Error.GetProperty("type").GetString());
        Assert.Equal(param, answer.Error.GetProperty("param").GetString());
    }

    private async Task<HttpAnswer> AskAsync(string body)
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("generate_nonstream"));
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, body);
        Assert.True(answer.Status == 200, answer.Body);
        return answer;
    }

    private async Task<string> NextUpstreamAsync() =>
        (await shared.Bed.Ollama.NextRequestAsync(GatewayOverOllama.LongestWait, CompletionBody.NativePath)).Body;
}
