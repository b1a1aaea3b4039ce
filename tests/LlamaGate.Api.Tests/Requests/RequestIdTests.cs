using System.Text;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Requests;

public class RequestIdTests
{
    [Theory]
    [InlineData("a")]
    [InlineData("req_1.2-3")]
    public async Task Request_WithAPlainId_KeepsIt(string id) => Assert.Equal(id, await IdForAsync(id));

    [Fact]
    public async Task Request_WithTheLongestId_KeepsIt() =>
        Assert.Equal(new string('a', 128), await IdForAsync(new string('a', 128)));

    [Theory]
    [InlineData(null)]
    [InlineData("two words")]
    [InlineData("a/b")]
    [InlineData("\"quoted\"")]
    [InlineData("ümlaut")]
    public async Task Request_WithNoOrAnotherId_GetsANewOne(string? id) =>
        Assert.Matches("^[0-9a-f]{32}$", await IdForAsync(id));

    [Fact]
    public async Task Request_WithAnIdTooLong_GetsANewOne() =>
        Assert.Matches("^[0-9a-f]{32}$", await IdForAsync(new string('a', 129)));

    [Fact]
    public async Task Requests_WithoutId_GetDifferentOnes() =>
        Assert.NotEqual(await IdForAsync(null), await IdForAsync(null), StringComparer.Ordinal);

    [Theory]
    [InlineData("/livez")]
    [InlineData("/no-such-route")]
    [InlineData("/v1/exchange/bug")]
    [InlineData("/v1/exchange/fail/UpstreamError")]
    [InlineData("/v1/exchange/broken-stream")]
    public async Task Answer_OfAnyKind_CarriesIdAndProcessingTime(string path)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var answer = await gateway.Client.GetAsync(path);
        Assert.Matches("^[0-9a-f]{32}$", answer.Headers.GetValues("X-Request-ID").Single());
        Assert.Equal("0", answer.Headers.GetValues("openai-processing-ms").Single());
    }

    [Fact]
    public async Task Answer_ThatTookAWhile_SaysHowLong()
    {
        await using var gateway = await RunningGateway.StartAsync();
        var call = gateway.Client.GetAsync("/v1/exchange/hold");
        await gateway.Gate.Entered;
        gateway.Clock.Advance(TimeSpan.FromMilliseconds(1234));
        gateway.Gate.Release();
        using var answer = await call;
        Assert.Equal("1234", answer.Headers.GetValues("openai-processing-ms").Single());
    }

    private static async Task<string> IdForAsync(string? id)
    {
        await using var gateway = await RunningGateway.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/livez");
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = (_, _) => Encoding.UTF8 };
        using var client = new HttpClient(handler) { BaseAddress = gateway.Client.BaseAddress };
        if (id is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Request-ID", id);
        }

        using var answer = await client.SendAsync(request);
        return answer.Headers.GetValues("X-Request-ID").Single();
    }
}
