using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>
/// Ollama's refusals as recorded and what the caller is told of each: status, headers and body, byte for byte. A stream that has
/// not begun fails in the same way as a plain call.
/// </summary>
public class ErrorGoldenTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    [Theory]
    [InlineData("chat_missing_model")]
    [InlineData("chat_prompt_longer_than_ctx_notrunc")]
    [InlineData("chat_think_unsupported")]
    [InlineData("chat_think_bad")]
    [InlineData("chat_tools_unsupported_model")]
    [InlineData("chat_images_unsupported")]
    [InlineData("chat_format_bad_schema")]
    [InlineData("chat_format_bad_string")]
    [InlineData("chat_option_bad_type")]
    [InlineData("chat_stop_string")]
    [InlineData("chat_keep_alive_bad")]
    [InlineData("chat_bad_model_name")]
    [InlineData("chat_embed_model")]
    [InlineData("chat_top_logprobs_25")]
    [InlineData("chat_malformed_json")]
    [InlineData("chat_queue_full_503")]
    [InlineData("chat_model_load_failure")]
    [InlineData("chat_nonstream_runner_killed")]
    [InlineData("chat_bad_host")]
    public async Task EarlyError_OfARecording_IsThisExactly(string recording)
    {
        foreach (var body in (string[])[ChatBody.Hi, ChatBody.HiStreamed])
        {
            shared.Bed.Ollama.Enqueue(Scenario.Recorded(recording));
            Golden.AssertEqual("error_" + recording, (await shared.Bed.ChatAsync(body)).ToGolden());
        }
    }

    [Fact]
    public async Task PlainAnswer_WithoutDone_IsIncompleteAndNotToBeRetried()
    {
        shared.Bed.Ollama.Enqueue(Scenario.Recorded("chat_token_repeat_abort"));
        Golden.AssertEqual("error_chat_token_repeat_abort", (await shared.Bed.ChatAsync(ChatBody.Hi)).ToGolden());
    }

    [Theory]
    [InlineData("garbage", "fail-garbage_at-0")]
    [InlineData("reset", "fail-reset_at-0")]
    public async Task BrokenUpstream_BeforeTheFirstByte_IsABadGateway(string golden, string directives)
    {
        foreach (var body in (string[])[ChatBody.Hi, ChatBody.HiStreamed])
        {
            // Twice: a call that breaks before Ollama's first byte is sent once more.
            shared.Bed.Ollama.Enqueue(Scenario.Parse(directives));
            if (directives.StartsWith("fail-reset", StringComparison.Ordinal))
            {
                shared.Bed.Ollama.Enqueue(Scenario.Parse(directives));
            }

            Golden.AssertEqual("error_" + golden, (await shared.Bed.ChatAsync(body)).ToGolden());
        }
    }

    [Fact]
    public async Task RefusedConnection_OfEitherKind_IsABadGateway()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await bed.Ollama.DisposeAsync();
        Golden.AssertEqual("error_refused", (await bed.ChatAsync(ChatBody.Hi)).ToGolden());
        Golden.AssertEqual("error_refused", (await bed.ChatAsync(ChatBody.HiStreamed)).ToGolden());
    }

    [Fact]
    public async Task ErrorOfAStatusWithoutBody_IsTold()
    {
        shared.Bed.Ollama.Enqueue(new Scenario { Answer = new RawAnswer(500, "text/html") { Body = "<h1>oops</h1>"u8.ToArray() } });
        Golden.AssertEqual("error_html_500", (await shared.Bed.ChatAsync(ChatBody.Hi)).ToGolden());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"x\"")]
    [InlineData("")]
    [InlineData("{\"message\":{\"content\":1},\"done\":true}")]
    [InlineData("{\"done\":true} trailing")]
    public async Task PlainAnswer_ThatIsNotTheProtocol_IsABadGateway(string body)
    {
        shared.Bed.Ollama.Enqueue(new Scenario
        {
            Answer = new RawAnswer(200, "application/json") { Body = System.Text.Encoding.UTF8.GetBytes(body) },
        });
        var answer = await shared.Bed.ChatAsync(ChatBody.Hi);
        Assert.Equal(502, answer.Status);
        Assert.Equal("upstream_error", answer.ErrorCode);
    }
}
