using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Methods;

public class HeadTests
{
    /// <summary>They differ from request to request.</summary>
    private static readonly string[] OfOneRequest =
        ["Date", "X-Request-ID", "openai-processing-ms", "x-ratelimit-remaining-requests", "Transfer-Encoding", "x-ratelimit-reset-requests"];

    [Theory]
    [InlineData("/livez")]
    [InlineData("/readyz")]
    [InlineData("/health")]
    [InlineData("/v1/models")]
    [InlineData("/v1/models/plain")]
    [InlineData("/v1/models/nothing")]
    [InlineData("/v1/responses/resp_1")]
    [InlineData("/v1/responses/resp_1/input_items")]
    [InlineData("//v1//models")]
    [InlineData("/models")]
    [InlineData("/swagger/index.html")]
    [InlineData("/swagger/v1/swagger.json")]
    [InlineData("/v1/nothing")]
    public async Task Head_OfWhatTakesGet_HasItsStatusAndHeadersAndNoBody(string path)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var get = await SendAsync(bed.Gateway, HttpMethod.Get, path);
        var head = await SendAsync(bed.Gateway, HttpMethod.Head, path);
        Assert.Equal(get.Status, head.Status);
        Assert.Equal(Comparable(get), Comparable(head));
        Assert.NotEmpty(get.BodyBytes);
        Assert.Empty(head.BodyBytes);
    }

    [Fact]
    public async Task Head_OnTheWire_EndsAtItsHead()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await RawExchange.SendAsync(
            gateway, "HEAD /v1/nothing HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 404", answer, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Length: ", answer, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\n", answer, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DELETE", "/livez", "GET, HEAD")]
    [InlineData("POST", "/v1/models", "GET, HEAD")]
    [InlineData("PUT", "/v1/chat/completions", "POST")]
    [InlineData("HEAD", "/v1/chat/completions", "POST")]
    [InlineData("POST", "/v1/responses/resp_1", "DELETE, GET, HEAD")]
    public async Task WrongMethod_Is405ThatListsHeadWithGet(string method, string path, string allow)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await SendAsync(gateway, new HttpMethod(method), path);
        Assert.Equal(405, answer.Status);
        Assert.Equal(allow, string.Join(", ", answer.Headers["Allow"].Split(", ").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task Head_InTheLog_IsHead()
    {
        await using var gateway = await RunningGateway.StartAsync();
        await SendAsync(gateway, HttpMethod.Head, "/v1/exchange/plain");
        Assert.Contains(
            await gateway.StopAndReadLogAsync(), line => line.Contains("\"method\":\"HEAD\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Head_WithoutTheKey_Is401()
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { ApiKey = "k" });
        Assert.Equal(401, (await SendAsync(gateway, HttpMethod.Head, "/v1/models")).Status);
    }

    private static async Task<HttpAnswer> SendAsync(RunningGateway gateway, HttpMethod method, string path)
    {
        using var request = new HttpRequestMessage(method, gateway.Client.BaseAddress + path[1..]);
        using var response = await gateway.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }

    /// <summary>But for Content-Length, which a GET in chunks has not; it must be there where GET has it.</summary>
    private static string Comparable(HttpAnswer answer) => string.Join('\n', answer.Headers
        .Where(header => !OfOneRequest.Contains(header.Key, StringComparer.OrdinalIgnoreCase))
        .Select(header => $"{header.Key}: {(header.Key == "Content-Length" && answer.Status == 404 ? "" : header.Value)}")
        .Order(StringComparer.Ordinal));
}
