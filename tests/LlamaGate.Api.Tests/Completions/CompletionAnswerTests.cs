using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Completions;

/// <summary>Whole answers made of recordings, byte for byte: <c>Golden/&lt;recording&gt;.golden</c>.</summary>
public class CompletionAnswerTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("generate_nonstream", "")]
    [InlineData("generate_nonstream", "\"echo\":true", "_echo")]
    [InlineData("generate_length", "\"max_tokens\":2")]
    [InlineData("generate_suffix", "\"suffix\":\"return\",\"think\":false")]
    [InlineData("generate_think", "\"think\":true")]
    [InlineData("generate_logprobs", "\"logprobs\":2,\"max_tokens\":3")]
    [InlineData("generate_logprobs", "\"logprobs\":0,\"max_tokens\":3", "_zero")]
    public async Task PlainAnswer_OfARecording_IsThisExactly(string recording, string fields, string variant = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, CompletionBody.With(fields));
        Golden.AssertEqual(recording + variant, answer.ToGolden(), "Completions");
    }

    [Theory]
    [InlineData("generate_stream", "")]
    [InlineData("generate_stream", ",\"stream_options\":{\"include_usage\":true}", "_usage")]
    [InlineData("generate_stream", ",\"echo\":true", "_echo")]
    [InlineData("generate_suffix_stream", ",\"suffix\":\"return\",\"think\":false")]
    [InlineData("generate_think_stream", ",\"think\":true")]
    [InlineData("generate_token_repeat_abort_stream", "")]
    public async Task StreamedAnswer_OfARecording_IsThisExactly(string recording, string fields, string variant = "")
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, CompletionBody.With("\"stream\":true" + fields));
        Golden.AssertEqual(recording + variant, answer.ToGolden(), "Completions");
    }

    [Theory]
    [InlineData("generate_missing_model")]
    [InlineData("generate_suffix_unsupported")]
    [InlineData("generate_images_unsupported")]
    [InlineData("chat_think_unsupported")]
    [InlineData("chat_prompt_longer_than_ctx_notrunc")]
    [InlineData("chat_queue_full_503")]
    [InlineData("chat_option_bad_type")]
    public async Task EarlyError_OfARecording_IsThisExactly(string recording)
    {
        foreach (var body in (string[])[CompletionBody.Hi, CompletionBody.HiStreamed])
        {
            shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
            var answer = await shared.Bed.PostAsync(CompletionBody.Path, body);
            Golden.AssertEqual("error_" + recording, answer.ToGolden(), "Completions");
        }
    }

    [Fact]
    public async Task PlainAnswer_WithoutDone_IsIncompleteAndNotToBeRetried()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("generate_token_repeat_abort"));
        var answer = await shared.Bed.PostAsync(CompletionBody.Path, CompletionBody.Hi);
        Golden.AssertEqual("error_generate_token_repeat_abort", answer.ToGolden(), "Completions");
    }

    [Fact]
    public async Task MidStreamError_OfTheRecording_EndsInItsFrameWithoutDone()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("generate_midstream_runner_killed"));
        var events = (await shared.Bed.PostAsync(CompletionBody.Path, CompletionBody.HiStreamed)).Body.Split("\n\n");
        Assert.Equal(
            """data: {"error":{"message":"Server error: an error was encountered while running the model: unexpected EOF","type":"server_error","param":null,"code":"upstream_error"}}""",
            events[^3]);
        Assert.EndsWith("\"finish_reason\":\"error\"}]}", events[^2], StringComparison.Ordinal);
        Assert.DoesNotContain("data: [DONE]", events, StringComparer.Ordinal);
        Assert.Contains("\"text\":\" one\"", events[0], StringComparison.Ordinal);
    }
}
