using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Errors;

public class UnknownRouteTests
{
    [Theory]
    [InlineData("POST", "/v1/chat/complete", "No such route: POST /v1/chat/complete. The API is described at /swagger.")]
    [InlineData("POST", "/v1/chat/completion", "No such route: POST /v1/chat/completion. Did you mean /v1/chat/completions? The API is described at /swagger.")]
    [InlineData("GET", "/", "No such route: GET /. The API is described at /swagger.")]
    [InlineData("GET", "/v1", "No such route: GET /v1. The API is described at /swagger.")]
    [InlineData("GET", "//nothing//here", "No such route: GET //nothing//here. The API is described at /swagger.")]
    [InlineData("HEADS", "/v1/x", "No such route: HEADS /v1/x. The API is described at /swagger.")]
    [InlineData("AVERYLONGMETHODNAME", "/v1/x", "No such route: /v1/x. The API is described at /swagger.")]
    public async Task Path_ThatIsNoRoute_Is404ThatNamesIt(string method, string path, string message)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { NativeApi = NativeApi.Off });
        var answer = await SendAsync(gateway, method, path);
        Assert.Equal(404, answer.Status);
        Assert.Equal("not_found", answer.ErrorCode);
        Assert.Equal(message, answer.Error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/<script>alert(1)</script>")]
    [InlineData("/%3Cscript%3E%22'")]
    [InlineData("/a%0D%0Ab%00%1B[31m")]
    [InlineData("/%E2%80%AE%F0%9F%98%80")]
    public async Task Path_OfMischief_IsEscaped(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await RawExchange.SendAsync(gateway, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        if (answer.StartsWith("HTTP/1.1 404", StringComparison.Ordinal))
        {
            Assert.Contains("No such route: GET /", body, StringComparison.Ordinal);
        }

        Assert.DoesNotContain(body, c => c is '<' or '>' or < ' ' or > '~');
    }

    [Fact]
    public async Task Path_ThatIsLong_IsCut()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await SendAsync(gateway, "GET", "/" + new string('a', 4000));
        Assert.Equal(
            $"No such route: GET /{new string('a', 127)}…. The API is described at /swagger.",
            answer.Error.GetProperty("message").GetString());
    }

    [Theory]
    [InlineData("/v1/responses/input_tokens")]
    [InlineData("/v1/responses/input_tokens/")]
    [InlineData("//v1/responses/compact")]
    [InlineData("/responses/compact")]
    [InlineData("/v1/conversations")]
    [InlineData("/v1/conversations/conv_1/items")]
    public async Task OperationOfOpenAI_ThatIsNotServed_Is404(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await SendAsync(gateway, "POST", path);
        Assert.Equal(404, answer.Status);
        Assert.Equal("not_found", answer.ErrorCode);
        Assert.False(answer.Headers.ContainsKey("Allow"));
    }

    [Theory]
    [InlineData("POST", "/api/chat", "Did you mean /v1/chat/completions?")]
    [InlineData("GET", "/api/tags", "Did you mean /v1/models?")]
    [InlineData("POST", "/API/nothing", "No such route: POST /API/nothing.")]
    [InlineData("GET", "/api", "No such route: GET /api.")]
    [InlineData("GET", "//api//nothing", "No such route: GET //api//nothing.")]
    public async Task Error_UnderApi_IsATextAsOllamas(string method, string path, string message)
    {
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { NativeApi = NativeApi.Off });
        var answer = await SendAsync(gateway, method, path);
        Assert.Equal(404, answer.Status);
        Assert.Equal("error", string.Join(' ', answer.Json.EnumerateObject().Select(member => member.Name)));
        Assert.Contains(message, answer.Json.GetProperty("error").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completion", "/v1/chat/completions")]
    [InlineData("/v1/chat/completions/chat/completions", "/v1/chat/completions")]
    [InlineData("/api/v1/chat/completions", "/v1/chat/completions")]
    [InlineData("/v2/embeddings", "/v1/embeddings")]
    [InlineData("/v1/embedding", "/v1/embeddings")]
    [InlineData("/v1/Model/", "/v1/models")]
    [InlineData("/v1/chat", "/v1/chat/completions")]
    [InlineData("/v1/embeddings/x", "/v1/embeddings")]
    [InlineData("/v1/health", "/health")]
    [InlineData("/healthz", "/health")]
    [InlineData("/liveness", null)]
    [InlineData("/v1", null)]
    [InlineData("/", null)]
    [InlineData("/favicon.ico", null)]
    [InlineData("/v1/audio/speech", null)]
    public void To_Path_IsTheRouteThatWasMeant(string path, string? route) => Assert.Equal(
        route,
        NearestRoute.To(path, ["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/models", "/v1/responses", "/health", "/livez"]));

    private static async Task<HttpAnswer> SendAsync(RunningGateway gateway, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), gateway.Client.BaseAddress + path[1..]);
        using var response = await gateway.Client.SendAsync(request);
        return await HttpAnswer.ReadAsync(response);
    }
}
