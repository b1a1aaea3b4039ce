using System.Net.Http.Headers;
using System.Text;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Chat;

/// <summary>How a body may be declared, encoded and how long it may be.</summary>
public class BodyMediaTests(SharedGateway shared) : IClassFixture<SharedGateway>
{
    private const string NotJson =
        """{"error":{"message":"The body must be sent as Content-Type: application/json.","type":"invalid_request_error","param":null,"code":"unsupported_media_type"}}""";

    private const string TooLarge =
        """{"error":{"message":"The request body is larger than 1 MB, this gateway's limit (MAX_BODY_MB).","type":"invalid_request_error","param":null,"code":"request_too_large"}}""";

    [Theory]
    [InlineData(null)]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/json; charset=iso-8859-1")]
    [InlineData("nonsense")]
    public async Task ContentType_OtherThanJson_Is415(string? type)
    {
        var (status, body) = await PostAsync(shared.Bed, Encoding.UTF8.GetBytes(ChatBody.Hi), type);
        Assert.Equal(415, status);
        Assert.Equal(NotJson, body);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("APPLICATION/JSON; charset=UTF-8")]
    [InlineData("application/json; charset=\"utf-8\"")]
    [InlineData("application/vnd.api+json")]
    public async Task ContentType_OfJson_IsRead(string type) =>
        Assert.Equal(404, (await PostAsync(shared.Bed, Encoding.UTF8.GetBytes(ChatBody.ForModel("nope", false)), type)).Status);

    [Fact]
    public async Task ByteOrderMark_BeforeTheBody_IsPassedOver() =>
        Assert.Equal(
            404,
            (await shared.Bed.ChatAsync([0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(ChatBody.ForModel("nope", false))])).Status);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Body_LargerThanTheLimit_Is413(bool chunked)
    {
        await using var bed = await GatewayOverOllama.StartAsync(s => s with { MaxBodyMb = 1 });
        var large = Encoding.UTF8.GetBytes(ChatBody.Saying($$"""[{"role":"user","content":"{{new string('a', 1024 * 1024)}}"}]"""));
        var (status, body) = await PostAsync(bed, large, "application/json", chunked);
        Assert.Equal(413, status);
        Assert.Equal(TooLarge, body);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Theory]
    [InlineData("GET", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("PUT", "/v1/chat/completions", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/models", 405, "method_not_allowed")]
    [InlineData("POST", "/v1/chat/completion", 404, "not_found")]
    public async Task Route_ThatIsNone_HasTheEnvelope(string method, string path, int status, string code)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var response = await shared.Bed.Client.SendAsync(request);
        var answer = await HttpAnswer.ReadAsync(response);
        Assert.Equal(status, answer.Status);
        Assert.Equal(code, answer.ErrorCode);
        Assert.Equal(status == 405, answer.Headers.ContainsKey("Allow"));
    }

    private static async Task<(int Status, string Body)> PostAsync(GatewayOverOllama bed, byte[] body, string? type, bool chunked = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new ByteArrayContent(body) };
        // Waiting for the go-ahead: a refused body is not sent, so that the answer can be read.
        request.Headers.ExpectContinue = true;
        request.Headers.TransferEncodingChunked = chunked;
        if (type is not null)
        {
            Assert.True(request.Content.Headers.TryAddWithoutValidation("Content-Type", type));
        }

        using var response = await bed.Client.SendAsync(request);
        Assert.Equal(MediaTypeHeaderValue.Parse("application/json; charset=utf-8"), response.Content.Headers.ContentType);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }
}
