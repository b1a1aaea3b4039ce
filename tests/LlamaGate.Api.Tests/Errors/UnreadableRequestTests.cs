using System.Globalization;
using System.Text.Json;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Errors;

/// <summary>What the server refuses before there is a request for the pipeline, and bodies that it cannot read.</summary>
public class UnreadableRequestTests
{
    private const string Get = "GET /livez HTTP/1.1\r\nHost: localhost\r\n";

    public static TheoryData<string, int> Requests => new()
    {
        { Get + "X-Large: " + new string('x', 40_000) + "\r\n\r\n", 431 },
        { Get + string.Concat(Enumerable.Range(0, 150).Select(n => $"X-{n}: 1\r\n")) + "\r\n", 431 },
        { $"GET /{new string('a', 20_000)} HTTP/1.1\r\nHost: localhost\r\n\r\n", 414 },
        { "GARBAGE\r\n\r\n", 400 },
        { "GET /livez HTTP/1.1\r\n\r\n", 400 },
        { "GET /livez HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { Get + "Bad Header: 1\r\n\r\n", 400 },
        { Get + "Content-Length: x\r\n\r\n", 400 },
        { "GET /livez HTTP/9.9\r\nHost: localhost\r\n\r\n", 505 },
    };

    [Theory]
    [MemberData(nameof(Requests))]
    public async Task Request_ThatTheServerRefuses_HasTheEnvelope(string request, int status)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (head, body) = Split(await RawExchange.SendAsync(gateway, request));
        Assert.StartsWith($"HTTP/1.1 {status} ", head, StringComparison.Ordinal);
        Assert.Contains("\r\nConnection: close", head, StringComparison.Ordinal);
        Assert.Contains("\r\nContent-Type: application/json; charset=utf-8", head, StringComparison.Ordinal);
        Assert.Contains($"\r\nContent-Length: {body.Length.ToString(CultureInfo.InvariantCulture)}", head, StringComparison.Ordinal);
        Assert.Matches("\r\nX-Request-ID: [0-9a-f]{32}", head);
        Assert.Equal(
            "message type param code",
            string.Join(' ', JsonElement.Parse(body).GetProperty("error").EnumerateObject().Select(member => member.Name)));
        Assert.DoesNotContain(
            await gateway.StopAndReadLogAsync(), line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/api/chat")]
    [InlineData("//API/nothing")]
    public async Task Request_UnderApi_ThatTheServerRefuses_IsATextAsOllamas(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (_, body) = Split(await RawExchange.SendAsync(
            gateway, $"GET {path} HTTP/1.1\r\nHost: localhost\r\nX-Large: " + new string('x', 40_000) + "\r\n\r\n"));
        Assert.Equal(
            """{"error":"The request headers exceed this server's limit: 32 KB or 100 headers."}""", body);
    }

    /// <summary>The second request of a connection, when the first has left its features behind.</summary>
    [Fact]
    public async Task Request_AfterAGoodOne_HasTheEnvelopeOnce()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answers = await RawExchange.SendAsync(gateway, Get + "\r\n" + Get + "Bad Header: 1\r\n\r\n");
        Assert.Equal(2, answers.Split("HTTP/1.1 ").Length - 1);
        Assert.Contains("alive", answers, StringComparison.Ordinal);
        Assert.EndsWith("\"code\":null}}", answers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost:3000", true)]
    [InlineData("http://evil.example", false)]
    public async Task HeadersTooLarge_OfAPage_CanBeRead(string origin, bool isLetIn)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (head, _) = Split(await RawExchange.SendAsync(
            gateway, Get + $"Origin: {origin}\r\nX-Large: " + new string('x', 40_000) + "\r\n\r\n"));
        Assert.Equal(isLetIn, head.Contains($"\r\nAccess-Control-Allow-Origin: {origin}", StringComparison.Ordinal));
        Assert.Equal(isLetIn, head.Contains("\r\nVary: Origin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("7FFFFFFFFFFFFFFFF\r\n")]
    [InlineData("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF\r\n")]
    [InlineData("8000000000000000\r\n")]
    [InlineData("-1\r\n")]
    [InlineData("xyz\r\n")]
    [InlineData("2\r\n{}x\r\n0\r\n\r\n")]
    [InlineData("\r\n")]
    public async Task ChunkSize_ThatIsNone_IsTheCallersFault(string chunks)
    {
        await using var gateway = await RunningGateway.StartAsync();
        var (head, body) = Split(await RawExchange.SendAsync(
            gateway,
            "POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n" + chunks));
        Assert.StartsWith("HTTP/1.1 400 ", head, StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", JsonElement.Parse(body).GetProperty("error").GetProperty("type").GetString());
        Assert.DoesNotContain(
            await gateway.StopAndReadLogAsync(),
            line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal) || line.Contains("\"level\":\"warning\"", StringComparison.Ordinal));
    }

    /// <summary>Nobody reads the body of a request without a route; the server throws it away when the answer is out.</summary>
    [Fact]
    public async Task ChunkSize_OfABodyThatNobodyReads_IsNoFaultOfOurs()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var answer = await RawExchange.SendAsync(
            gateway, "POST /nothing HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFF\r\n");
        Assert.StartsWith("HTTP/1.1 404 ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(
            await gateway.StopAndReadLogAsync(), line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    private static (string Head, string Body) Split(string answer)
    {
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (answer[..end], answer[(end + 4)..]);
    }
}
