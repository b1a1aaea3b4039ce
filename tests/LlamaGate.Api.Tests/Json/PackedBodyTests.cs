using System.Text;
using LlamaGate.Api.Tests.Hosting;

namespace LlamaGate.Api.Tests.Json;

public class PackedBodyTests
{
    private const string Path = "/v1/chat/completions";

    public static TheoryData<string, string> Codings => new()
    {
        { "gzip", "gzip" },
        { "GZip", "gzip" },
        { "x-gzip", "gzip" },
        { "identity, gzip", "gzip" },
        { "deflate", "zlib" },
        { "deflate", "raw" },
        { "br", "br" },
        { "zstd", "zstd" },
        { "identity", "plain" },
        { "", "plain" },
    };

    public static TheoryData<string> Packings => new("gzip", "zlib", "raw", "br", "zstd");

    [Theory]
    [MemberData(nameof(Codings))]
    public async Task Body_Packed_IsReadAsIfItWereNot(string coding, string packing)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        foreach (var isChunked in new[] { false, true })
        {
            var answer = await PackedBodies.PostAsync(bed, Path, PackedBodies.Pack(packing, ChatBody.Hi), coding, isChunked);
            Assert.Equal(200, answer.Status);
            Assert.Equal(ChatBody.Native(), (await bed.NextChatUpstreamAsync()).Body);
        }
    }

    [Theory]
    [InlineData("/v1/completions", """{"model":"plain","prompt":"x"}""")]
    [InlineData("/v1/embeddings", """{"model":"embed","input":"x"}""")]
    [InlineData("/v1/responses", """{"model":"plain","input":"x"}""")]
    [InlineData("/openai/deployments/plain/chat/completions", """{"messages":[{"role":"user","content":"hi"}]}""")]
    public async Task Body_PackedForEachEndpoint_IsRead(string path, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        Assert.Equal(200, (await PackedBodies.PostAsync(bed, path, PackedBodies.Pack("zstd", body), "zstd")).Status);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task Body_LargerThanTheLimitWhenUnpacked_Is413(string packing)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { MaxBodyMb = 1 });
        var large = ChatBody.Saying($$"""[{"role":"user","content":"{{new string('x', 1024 * 1024)}}"}]""");
        var packed = PackedBodies.Pack(packing, large);
        Assert.True(packed.Length < 10_000);
        var answer = await PackedBodies.PostAsync(bed, Path, packed, CodingOf(packing));
        Assert.Equal(413, answer.Status);
        Assert.Equal("request_too_large", answer.ErrorCode);
        Assert.Contains("1 MB", answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task Body_AsLargeAsTheLimitWhenUnpacked_IsTaken(string packing)
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { MaxBodyMb = 1 });
        var body = ChatBody.Hi + new string(' ', (1024 * 1024) - ChatBody.Hi.Length);
        Assert.Equal(200, (await PackedBodies.PostAsync(bed, Path, PackedBodies.Pack(packing, body), CodingOf(packing))).Status);
    }

    [Theory]
    [MemberData(nameof(Packings))]
    public async Task Body_OfBrokenPacking_Is400ThatSaysSo(string packing)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var packed = PackedBodies.Pack(packing, ChatBody.Saying($$"""[{"role":"user","content":"{{string.Concat(Enumerable.Range(0, 2000))}}"}]"""));
        byte[][] broken =
        [
            packed[..(packed.Length / 2)],
            packed[..^1],
            [.. packed[..20], .. Enumerable.Repeat((byte)0xFF, 100)],
        ];
        foreach (var body in broken)
        {
            await AssertBrokenAsync(bed, body, CodingOf(packing));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("br")]
    [InlineData("zstd")]
    public async Task Body_ThatIsNotPackedAtAll_Is400ThatSaysSo(string coding)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        await AssertBrokenAsync(bed, Encoding.UTF8.GetBytes(ChatBody.Hi), coding);
    }

    [Theory]
    [InlineData("lz4")]
    [InlineData("compress")]
    [InlineData("gzip, gzip")]
    [InlineData("gzip, br")]
    [InlineData("utf-8")]
    public async Task Body_OfUnknownPacking_Is415ThatSaysWhatIsKnown(string coding)
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        var answer = await PackedBodies.PostAsync(bed, Path, Encoding.UTF8.GetBytes(ChatBody.Hi), coding);
        Assert.Equal(415, answer.Status);
        Assert.Equal("unsupported_media_type", answer.ErrorCode);
        Assert.Equal("gzip, deflate, br, zstd", answer.Headers["Accept-Encoding"]);
        Assert.Empty(bed.Ollama.Requests);
    }

    [Fact]
    public async Task Body_OfAnUnknownType_Is415WithoutAcceptEncoding()
    {
        await using var bed = await GatewayOverOllama.StartAsync();
        using var content = new StringContent("x");
        using var response = await bed.Client.PostAsync(Path, content);
        Assert.Equal(415, (int)response.StatusCode);
        Assert.False(response.Headers.Contains("Accept-Encoding"));
    }

    private static async Task AssertBrokenAsync(GatewayOverOllama bed, byte[] body, string coding)
    {
        var answer = await PackedBodies.PostAsync(bed, Path, body, coding);
        Assert.Equal(400, answer.Status);
        Assert.Contains($"not valid {coding}", answer.Error.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Empty(bed.Ollama.Requests);
    }

    private static string CodingOf(string packing) => packing is "zlib" or "raw" ? "deflate" : packing;
}
