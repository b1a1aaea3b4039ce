using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Authentication;

public class ApiKeyTests
{
    private const string Key = "sk-right";
    private const string Missing =
        """{"error":{"message":"An API key is required: send it as \"Authorization: Bearer <key>\" or as \"X-API-Key: <key>\".","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";
    private const string Wrong =
        """{"error":{"message":"The API key is wrong.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}""";

    [Theory]
    [InlineData(null, "Bearer sk-right")]
    [InlineData(null, "bearer sk-right")]
    [InlineData(null, "BEARER   sk-right  ")]
    [InlineData("sk-right", null)]
    [InlineData("sk-right", "Bearer wrong")]
    [InlineData("wrong", "Bearer sk-right")]
    [InlineData("sk-right", "Basic dTpw")]
    public async Task Call_RightKeyInEitherHeader_Passes(string? header, string? authorization)
    {
        using var answer = await CallAsync(header, authorization);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData(null, "Bearer")]
    [InlineData(null, "Bearer ")]
    [InlineData(null, "Basic dTpw")]
    [InlineData(null, "sk-right")]
    public async Task Call_NoKey_Is401ThatSaysHowToSendOne(string? header, string? authorization)
    {
        using var answer = await CallAsync(header, authorization);
        await AssertRefusedAsync(answer, Missing);
    }

    [Theory]
    [InlineData("sk-wrong", null)]
    [InlineData("sk-righ", null)]
    [InlineData("sk-right2", null)]
    [InlineData("SK-RIGHT", null)]
    [InlineData(null, "Bearer sk-wrong")]
    [InlineData(null, "Bearer sk-right x")]
    [InlineData("sk-wrong", "Bearer sk-wrong")]
    public async Task Call_WrongKey_Is401ThatDoesNotEchoIt(string? header, string? authorization)
    {
        using var answer = await CallAsync(header, authorization);
        await AssertRefusedAsync(answer, Wrong);
    }

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/exchange/open")]
    public async Task Call_OpenRoute_NeedsNoKey(string path)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = Key });
        using var answer = await gateway.Client.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/v1/chat/completions", HttpStatusCode.MethodNotAllowed)]
    public async Task Call_OfWhatIsNoEndpoint_IsToldSoWithoutKey(string method, string path, HttpStatusCode status)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = Key });
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await gateway.Client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>One rule for all three headers: a right key in any of them admits, whatever the others say.</summary>
    [Theory]
    [InlineData("sk-right", null, null, HttpStatusCode.OK)]
    [InlineData(" sk-right\t", null, null, HttpStatusCode.OK)]
    [InlineData("sk-right", "wrong", "Bearer wrong", HttpStatusCode.OK)]
    [InlineData("wrong", "sk-right", null, HttpStatusCode.OK)]
    [InlineData("wrong", null, "Bearer sk-right", HttpStatusCode.OK)]
    [InlineData("wrong", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("wrong", "wrong", "Bearer wrong", HttpStatusCode.Unauthorized)]
    [InlineData("Bearer sk-right", null, null, HttpStatusCode.Unauthorized)]
    [InlineData("", null, null, HttpStatusCode.Unauthorized)]
    public async Task Call_KeyInAzuresHeader_IsAKeyLikeTheOthers(
        string azure, string? header, string? authorization, HttpStatusCode status)
    {
        using var answer = await CallAsync(header, authorization, azure);
        Assert.Equal(status, answer.StatusCode);
    }

    /// <summary>HTTP's optional white space is blanks and tabs; anything else belongs to the key.</summary>
    [Theory]
    [InlineData("X-API-Key: \u00A0sk-right")]
    [InlineData("X-API-Key: sk-right\u00A0")]
    [InlineData("api-key: sk-right\u00A0")]
    [InlineData("Authorization: Bearer \u00A0sk-right")]
    [InlineData("Authorization: Bearer sk-right\u00A0")]
    [InlineData("Authorization: Bearer\u00A0sk-right")]
    [InlineData("Authorization: \u00A0Bearer sk-right")]
    public async Task Call_KeyWithANonBreakingSpace_IsNotTheKey(string header)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = Key });
        foreach (var sent in new[] { header, header.Replace("\u00A0", "\u00C2\u00A0", StringComparison.Ordinal) })
        {
            var answer = await RawExchange.SendAsync(
                gateway, $"GET /v1/exchange/plain HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n{sent}\r\n\r\n");
            Assert.Matches("^HTTP/1.1 40[01] ", answer);
        }
    }

    [Fact]
    public async Task Call_NoKeyConfigured_Passes()
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync("/v1/exchange/plain");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private static async Task<HttpResponseMessage> CallAsync(string? header, string? authorization, string? azure = null)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = Key });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/exchange/plain");
        if (header is not null)
        {
            request.Headers.TryAddWithoutValidation("X-API-Key", header);
        }

        if (azure is not null)
        {
            request.Headers.TryAddWithoutValidation("api-key", azure);
        }

        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return await gateway.Client.SendAsync(request);
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string body)
    {
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
        Assert.Equal("application/json; charset=utf-8", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
    }
}
