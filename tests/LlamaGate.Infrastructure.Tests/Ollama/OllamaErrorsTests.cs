using System.Buffers;
using System.Net;
using System.Text;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Conversations;
using LlamaGate.Domain.Errors;
using LlamaGate.Domain.Generation;
using LlamaGate.Infrastructure.Ollama;
using LlamaGate.Infrastructure.Ollama.Hosts;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Infrastructure.Tests.Ollama;

public class OllamaErrorsTests
{
    private static readonly Dictionary<string, (GatewayError Error, RequestField? Field)> Known = new(StringComparer.Ordinal)
    {
        ["chat_bad_host"] = (GatewayError.UpstreamError, null),
        ["chat_bad_model_name"] = (GatewayError.InvalidRequest, RequestField.Model),
        ["chat_embed_model"] = (GatewayError.UnsupportedByModel, RequestField.Model),
        ["chat_format_bad_schema"] = (GatewayError.InvalidRequest, RequestField.Format),
        ["chat_format_bad_string"] = (GatewayError.InvalidRequest, RequestField.Format),
        ["chat_format_number"] = (GatewayError.InvalidRequest, RequestField.Format),
        ["chat_images_unsupported"] = (GatewayError.UnsupportedByModel, RequestField.Model),
        ["chat_keep_alive_bad"] = (GatewayError.InvalidRequest, RequestField.KeepAlive),
        ["chat_missing_model"] = (GatewayError.ModelNotFound, RequestField.Model),
        ["chat_missing_model_stream"] = (GatewayError.ModelNotFound, RequestField.Model),
        ["chat_model_load_failure"] = (GatewayError.UpstreamError, null),
        ["chat_nonstream_runner_killed"] = (GatewayError.UpstreamError, null),
        ["chat_option_bad_type"] = (GatewayError.InvalidRequest, RequestField.Option),
        ["chat_prompt_longer_than_ctx_notrunc"] = (GatewayError.ContextLengthExceeded, RequestField.Prompt),
        ["chat_queue_full_503"] = (GatewayError.UpstreamBusy, null),
        ["chat_stop_string"] = (GatewayError.InvalidRequest, RequestField.Option),
        ["chat_waiting_runner_killed"] = (GatewayError.UpstreamError, null),
        ["chat_think_bad"] = (GatewayError.InvalidRequest, RequestField.Think),
        ["chat_think_unsupported"] = (GatewayError.UnsupportedByModel, RequestField.Think),
        ["chat_tools_unsupported_model"] = (GatewayError.UnsupportedByModel, RequestField.Tools),
        ["embed_chat_model"] = (GatewayError.UnsupportedByModel, RequestField.Model),
        ["embed_long_truncate_false"] = (GatewayError.ContextLengthExceeded, RequestField.Prompt),
        ["embed_missing_model"] = (GatewayError.ModelNotFound, RequestField.Model),
        ["generate_missing_model"] = (GatewayError.ModelNotFound, RequestField.Model),
        ["generate_suffix_unsupported"] = (GatewayError.UnsupportedByModel, RequestField.Suffix),
    };

    public static TheoryData<string> Recorded() => new(
        Recording.Names.Where(n => Recording.Named(n) is { Status: >= 400, Path: "/api/chat" or "/api/generate" or "/api/embed" }));

    [Theory]
    [MemberData(nameof(Recorded))]
    public void FromStatus_OfEveryRecordedError_BlamesWhoIsToBlame(string name)
    {
        var recording = Recording.Named(name);
        var exception = From(recording.Status, recording.Body);
        if (Known.TryGetValue(name, out var expected))
        {
            Assert.Equal(expected, (exception.Error, exception.Field));
        }

        Assert.DoesNotContain("{\"error\"", exception.Message, StringComparison.Ordinal);
        Assert.NotEqual(GatewayError.Internal, exception.Error);
    }

    [Fact]
    public void Known_Recordings_Exist() =>
        Assert.All(Known.Keys, name => Assert.InRange(Recording.Named(name).Status, 400, 599));

    [Theory]
    [InlineData("")]
    [InlineData("<html>")]
    [InlineData("{\"error\":5}")]
    [InlineData("{\"error\":\" \"}")]
    [InlineData("{\"error\":\"\\ud800\"}")]
    [InlineData("null")]
    public void FromStatus_OfABodyThatIsNoError_TellsTheStatus(string body) =>
        Assert.Equal("Ollama answered with status 500.", From(500, body).Message);

    [Theory]
    [InlineData("{\"error\":\"{\\\"error\\\":{\\\"message\\\":\\\"inner\\\"}}\"}", "inner")]
    [InlineData("{\"error\":\"{\\\"error\\\":\\\"flat\\\"}\"}", "flat")]
    [InlineData("{\"error\":\"{\\\"other\\\":1}\"}", "{\"other\":1}")]
    [InlineData("{\"error\":\"{broken\"}", "{broken")]
    public void FromStatus_OfJsonInAString_IsUnwrappedWhenItCanBe(string body, string message) =>
        Assert.Equal(message, From(500, body).Message);

    [Theory]
    [InlineData("""{"error":{"message":"said","code":5}}""")]
    [InlineData("""{"error":{"error":{"message":"said"}}}""")]
    [InlineData("""{"error":{"detail":"said"}}""")]
    [InlineData("""{"detail":"said"}""")]
    [InlineData("""{"detail":{"message":"said"}}""")]
    [InlineData("""{"detail":[{"loc":["body"],"msg":"said","type":"x"}]}""")]
    [InlineData("""{"message":"said"}""")]
    [InlineData("""{"error":null,"message":"said"}""")]
    [InlineData("""{"error":"said","message":"other"}""")]
    public void FromStatus_OfAProxysBody_ShowsItsMessage(string body) => Assert.Equal("said", From(500, body).Message);

    [Fact]
    public void FromStatus_OfBodiesInBodies_Ends() =>
        Assert.Equal(
            "Ollama answered with status 500.",
            From(500, string.Concat(Enumerable.Repeat("{\"error\":", 30)) + "\"x\"" + new string('}', 30)).Message);

    /// <summary>Every status that Ollama, its cloud or a proxy before it answers with.</summary>
    [Theory]
    [InlineData(400, "said", GatewayError.InvalidRequest, false)]
    [InlineData(401, "said", GatewayError.UpstreamError, true)]
    [InlineData(402, "said", GatewayError.UpstreamRefused, true)]
    [InlineData(403, "this model requires a subscription", GatewayError.UpstreamRefused, true)]
    [InlineData(404, "said", GatewayError.UpstreamError, true)]
    [InlineData(404, "model 'x' not found", GatewayError.ModelNotFound, false)]
    [InlineData(405, "said", GatewayError.UpstreamError, true)]
    [InlineData(408, "said", GatewayError.UpstreamError, false)]
    [InlineData(409, "said", GatewayError.UpstreamError, false)]
    [InlineData(410, "said", GatewayError.UpstreamRefused, true)]
    [InlineData(412, "said", GatewayError.UpstreamRefused, true)]
    [InlineData(413, "said", GatewayError.RequestTooLarge, false)]
    [InlineData(422, "said", GatewayError.UpstreamError, true)]
    [InlineData(429, "you have reached your weekly usage limit", GatewayError.UpstreamLimited, true)]
    [InlineData(429, "slow down", GatewayError.UpstreamLimited, false)]
    [InlineData(499, "said", GatewayError.UpstreamError, false)]
    [InlineData(500, "said", GatewayError.UpstreamError, false)]
    [InlineData(500, "error loading model: x", GatewayError.UpstreamError, true)]
    [InlineData(500, "model requires more system memory", GatewayError.UpstreamError, false)]
    [InlineData(501, "said", GatewayError.UnsupportedByModel, false)]
    [InlineData(502, "said", GatewayError.UpstreamError, false)]
    [InlineData(503, "server busy", GatewayError.UpstreamBusy, false)]
    [InlineData(504, "said", GatewayError.UpstreamTimeout, true)]
    public void FromStatus_OfEachStatus_ShowsTheTextAndSaysWhetherToAskAgain(
        int status, string text, GatewayError error, bool failsAgain)
    {
        var exception = From(status, $$"""{"error":"{{text}}"}""");
        Assert.Equal((error, failsAgain), (exception.Error, exception.FailsAgain));
        Assert.Equal(text, exception.Message);
        Assert.Equal(error is GatewayError.UpstreamBusy || (status == 429 && !failsAgain), exception.RetryAfter is not null);
    }

    /// <summary>Proxies write a date; their clock may differ from the gateway's.</summary>
    [Theory]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:50:17 GMT", 40)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:07 GMT", 1)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "7", 7)]
    [InlineData("Sun, 06 Nov 1994 08:49:37 GMT", "soon", 1)]
    public void FromStatus_WithARetryAfter_SaysWhen(string date, string retryAfter, int seconds)
    {
        using var response = new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        response.Headers.TryAddWithoutValidation("Date", date);
        response.Headers.TryAddWithoutValidation("Retry-After", retryAfter);

        var exception = OllamaErrors.FromStatus(response, ReadOnlySequence<byte>.Empty, UpstreamEndpoint.Chat);

        Assert.Equal(TimeSpan.FromSeconds(seconds), exception.RetryAfter);
    }

    [Fact]
    public void FromStatus_OfAForbiddenHost_AdvisesOnItOnlyWithoutABody()
    {
        Assert.Contains("OLLAMA_HOST", From(403, "").Message, StringComparison.Ordinal);
        Assert.True(From(403, "").FailsAgain);
        Assert.DoesNotContain("OLLAMA_HOST", From(403, "forbidden").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UpstreamEndpoint.Chat, "messages")]
    [InlineData(UpstreamEndpoint.Generate, "prompt")]
    [InlineData(UpstreamEndpoint.Embed, "input")]
    public void FromStatus_OfAnOverlongPrompt_HasOpenAIsWordsAndTheNumbers(UpstreamEndpoint endpoint, string noun)
    {
        var exception = From(400, Recording.Named("chat_prompt_longer_than_ctx_notrunc").Body, endpoint);
        Assert.Equal(
            $"This model's maximum context length is 256 tokens. However, your {noun} resulted in 1534 tokens "
            + $"(it exceeds the available context size). Please reduce the length of the {noun}. "
            + "Your input exceeds the context window of this model.",
            exception.Message);
        Assert.Equal(new ExceededContext(1534, 256), exception.ExceededContext);
    }

    [Theory]
    [InlineData("\"broke\"", "broke")]
    [InlineData("""{"message":"broke"}""", "broke")]
    public async Task StreamLine_WithAnError_IsReadAsABodyIs(string error, string message)
    {
        using var upstream = new MemoryUpstream { Answer = _ => MemoryUpstream.Json($$"""{"error":{{error}}}""") };
        var request = new ConversationRequest("m", new TextPrompt("p"), new GenerationOptions());
        var client = new OllamaConversationClient(upstream.Calls, upstream.MissingModels, new TokenRatios(), MemoryUpstream.Options);
        await using var updates = client.StreamAsync(request, 0, MemoryUpstream.Context, default).GetAsyncEnumerator();
        var exception = await Assert.ThrowsAsync<GatewayException>(async () => await updates.MoveNextAsync());
        Assert.Equal((GatewayError.UpstreamError, message, 200), (exception.Error, exception.Message, exception.UpstreamStatus));
    }

    [Fact]
    public void FromStatus_Of404ThatIsNoModel_IsTheUpstreamsFault() =>
        Assert.Equal(GatewayError.UpstreamError, From(404, "404 page not found").Error);

    [Theory]
    [InlineData(401, "", "status 401: OLLAMA_API_KEY is missing or wrong, or its owner may not use this model")]
    [InlineData(403, "{\"error\":\"requires a subscription\"}", "status 403: OLLAMA_API_KEY is missing or wrong, or its owner may not use this model")]
    [InlineData(403, "", "status 403: Ollama does not accept the host name in OLLAMA_HOST")]
    public void LogDetail_OfRefusedCredentials_NamesTheSetting(int status, string body, string detail) =>
        Assert.Equal(detail, From(status, body).LogDetail);

    [Theory]
    [InlineData("boom at \"the prompt\"", "status 500")]
    [InlineData(
        "llama-server process has terminated: exit status 1",
        "status 500: llama-server process has terminated: exit status 1")]
    public void LogDetail_OfAnUpstreamFailure_HoldsKnownTextsOnly(string error, string detail) =>
        Assert.Equal(detail, From(500, $$"""{"error":{{System.Text.Json.JsonSerializer.Serialize(error)}}}""").LogDetail);

    [Theory]
    [InlineData("option \\\"temperature\\\" must be of type float32", "temperature")]
    [InlineData("option \\\"stop\\\" must be of type array", "stop")]
    [InlineData("option \\\"stop\\\" is unknown", null)]
    public void FromStatus_OfABadOption_NamesIt(string error, string? name)
    {
        var exception = From(500, $$"""{"error":"{{error}}"}""");
        Assert.Equal(name, exception.OptionName);
        Assert.Equal(name is null ? null : RequestField.Option, exception.Field);
    }

    private static GatewayException From(int status, string body, UpstreamEndpoint endpoint = UpstreamEndpoint.Chat)
    {
        using var response = new HttpResponseMessage((HttpStatusCode)status);
        return OllamaErrors.FromStatus(response, new ReadOnlySequence<byte>(Encoding.UTF8.GetBytes(body)), endpoint);
    }
}
