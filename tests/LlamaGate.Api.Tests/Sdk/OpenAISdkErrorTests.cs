using System.ClientModel;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;
using OpenAI.Chat;

namespace LlamaGate.Api.Tests.Sdk;

/// <summary>Each class of error as the official package's own exception.</summary>
public class OpenAISdkErrorTests
{
    [Theory]
    [InlineData("chat_missing_model", 404, "model_not_found")]
    [InlineData("chat_prompt_longer_than_ctx_notrunc", 400, "context_length_exceeded")]
    [InlineData("chat_tools_unsupported_model", 400, "unsupported_by_model")]
    [InlineData("chat_queue_full_503", 503, "upstream_busy")]
    [InlineData("chat_nonstream_runner_killed", 502, "upstream_error")]
    [InlineData("chat_token_repeat_abort", 502, "upstream_incomplete")]
    public async Task Failure_OfARecording_IsTheSdksException(string recording, int status, string code)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded(recording));
        await AssertThrowsAsync(bed, status, code);
    }

    [Fact]
    public async Task WrongKey_Sent_Is401AndTheRightOnePasses()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { ApiKey = "right" });
        await AssertThrowsAsync(bed, 401, "invalid_api_key");
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        ChatCompletion answer = await OpenAISdkTests.Chat(bed, "right").CompleteChatAsync(new UserChatMessage("hi"));
        Assert.Equal(ChatFinishReason.Stop, answer.FinishReason);
    }

    [Fact]
    public async Task TooManyRequests_Sent_Is429WithRetryAfter()
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { RateLimitRps = 0.01m });
        bed.Ollama.Enqueue(Scenario.Recorded("chat_nonstream"));
        await OpenAISdkTests.Chat(bed).CompleteChatAsync(new UserChatMessage("hi"));
        var exception = await AssertThrowsAsync(bed, 429, "rate_limit_exceeded");
        Assert.True(exception.GetRawResponse()!.Headers.TryGetValue("Retry-After", out var seconds));
        Assert.Equal("100", seconds);
    }

    [Fact]
    public async Task BrokenRule_Sent_Is400WithParam()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var exception = await Assert.ThrowsAsync<ClientResultException>(() => OpenAISdkTests.Chat(bed).CompleteChatAsync(
            [new UserChatMessage("hi")], new ChatCompletionOptions { Temperature = 3 }));
        Assert.Equal(400, exception.Status);
        Assert.Equal("temperature", Error(exception).GetProperty("param").GetString());
    }

    [Fact]
    public async Task NoOllama_Behind_Is502()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await bed.Ollama.DisposeAsync();
        await AssertThrowsAsync(bed, 502, "upstream_unreachable");
    }

    [Fact]
    public async Task Stream_ThatFailsBeforeItsFirstToken_IsTheSdksException()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        bed.Ollama.Enqueue(Scenario.Recorded("chat_missing_model_stream"));
        var exception = await Assert.ThrowsAsync<ClientResultException>(async () =>
        {
            await foreach (var _ in OpenAISdkTests.Chat(bed).CompleteChatStreamingAsync(new UserChatMessage("hi")))
            {
            }
        });
        Assert.Equal(404, exception.Status);
    }

    private static async Task<ClientResultException> AssertThrowsAsync(GatewayOverOllama bed, int status, string code)
    {
        var exception = await Assert.ThrowsAsync<ClientResultException>(
            () => OpenAISdkTests.Chat(bed).CompleteChatAsync(new UserChatMessage("hi")));
        Assert.Equal(status, exception.Status);
        Assert.Equal(code, Error(exception).GetProperty("code").GetString());
        return exception;
    }

    private static JsonElement Error(ClientResultException exception) =>
        JsonElement.Parse(exception.GetRawResponse()!.Content).GetProperty("error");
}
