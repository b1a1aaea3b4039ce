using System.Net;
using System.Net.Http.Headers;
using System.Text;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Tests.Running;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Tests.Errors;

public class ErrorEnvelopeTests
{
    [Theory]
    [MemberData(nameof(Errors))]
    public async Task GatewayException_OfEachKind_IsItsRowOfTheErrorTable(string name)
    {
        var description = ErrorDescription.Of(Enum.Parse<GatewayError>(name));
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/v1/exchange/fail/" + name);
        var code = description.Code is null ? "null" : $"\"{description.Code}\"";
        await AssertEnvelopeAsync(
            answer, description.Status,
            $$$"""{"error":{"message":"{{{ExchangeController.Secret}}}","type":"{{{description.Type}}}","param":"messages[0]","code":{{{code}}}}}""");
        Assert.False(answer.Headers.Contains("X-Half-Done"));
        Assert.Equal(
            name is nameof(GatewayError.UpstreamIncomplete) or nameof(GatewayError.UpstreamTimeout) or nameof(GatewayError.InsufficientQuota),
            answer.Headers.Contains("x-should-retry"));
        Assert.Equal(
            name == nameof(GatewayError.UpstreamBusy) ? TimeSpan.FromSeconds(120) : null,
            answer.Headers.RetryAfter?.Delta);
    }

    public static TheoryData<string> Errors() => new(Enum.GetNames<GatewayError>());

    [Fact]
    public async Task Bug_InAHandler_Is500ThatTellsNothing()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/v1/exchange/bug");
        await AssertEnvelopeAsync(
            answer, 500,
            """{"error":{"message":"The gateway failed on this request. Its log has the cause under the X-Request-ID of this answer.","type":"server_error","param":null,"code":"internal_error"}}""");
    }

    [Fact]
    public async Task UnknownRoute_Is404()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/v1/nothing");
        await AssertEnvelopeAsync(
            answer, 404,
            """{"error":{"message":"No such route: GET /v1/nothing. The API is described at /swagger.","type":"invalid_request_error","param":null,"code":"not_found"}}""");
    }

    [Fact]
    public async Task WrongMethod_Is405ThatKeepsAllow()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.DeleteAsync("/livez");
        await AssertEnvelopeAsync(
            answer, 405,
            """{"error":{"message":"This route does not support this method; see the Allow header.","type":"invalid_request_error","param":null,"code":"method_not_allowed"}}""");
        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow, StringComparer.Ordinal);
    }

    [Fact]
    public async Task WrongMediaType_Is415()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var body = new StringContent("x", Encoding.UTF8, "text/plain");
        using var answer = await gateway.Client.PostAsync("/v1/exchange/json", body);
        await AssertEnvelopeAsync(
            answer, 415,
            """{"error":{"message":"The body must be sent as Content-Type: application/json.","type":"invalid_request_error","param":null,"code":"unsupported_media_type"}}""");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BodyOverTheLimit_DeclaredOrChunked_Is413(bool chunked)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { MaxBodyMb = 1 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/exchange/body")
        {
            Content = new ByteArrayContent(new byte[(1024 * 1024) + 1]),
            Headers = { TransferEncodingChunked = chunked },
        };
        // Waiting for the go-ahead shows that a declared length is refused before a byte was sent.
        request.Headers.ExpectContinue = !chunked;
        using var answer = await gateway.Client.SendAsync(request);
        await AssertEnvelopeAsync(
            answer, 413,
            """{"error":{"message":"The request body is larger than 1 MB, this gateway's limit (MAX_BODY_MB).","type":"invalid_request_error","param":null,"code":"request_too_large"}}""");
    }

    [Fact]
    public async Task BodyAtTheLimit_IsTaken()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { MaxBodyMb = 1 });
        using var body = new ByteArrayContent(new byte[1024 * 1024]);
        using var answer = await gateway.Client.PostAsync("/v1/exchange/body", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public void ToBytes_TextWithQuotesAndUnicode_IsReadable() => Assert.Equal(
        """{"error":{"message":"say \"ä → '<b>'\"","type":"t","param":null,"code":null}}""",
        Encoding.UTF8.GetString(OpenAIErrorDialect.ToBytes(new OpenAIErrorBody("say \"ä → '<b>'\"", "t", null, null))));

    private static async Task AssertEnvelopeAsync(HttpResponseMessage answer, int status, string body)
    {
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(MediaTypeHeaderValue.Parse("application/json; charset=utf-8"), answer.Content.Headers.ContentType);
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
    }
}
