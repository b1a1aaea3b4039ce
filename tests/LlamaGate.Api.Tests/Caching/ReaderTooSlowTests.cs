using System.Net;
using System.Net.Sockets;
using System.Text;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Caching;

/// <summary>The row errors.reader_too_slow: two readers of one answer, of whom one does not read.</summary>
public class ReaderTooSlowTests
{
    private const int Tokens = 160;

    /// <summary>On a busy machine the fast reader may for a moment be the one that lags.</summary>
    private const int Attempts = 4;

    private static readonly string Token = new('x', 200_000);

    [Fact]
    public async Task SlowReader_OfAnAnswerTooLargeToGather_EndsWithTheErrorAndTheOtherWithAll()
    {
        var (all, part) = await ReadTwiceAsync();
        for (var attempt = 1; all[^1] != "data: [DONE]" && attempt < Attempts; attempt++)
        {
            (all, part) = await ReadTwiceAsync();
        }

        Assert.Equal("data: [DONE]", all[^1]);
        Assert.True(all.Count > Tokens);
        Assert.True(part.Count < Tokens, "The slow reader was not slow.");
        Assert.Contains("\"code\":\"reader_too_slow\"", part[^2], StringComparison.Ordinal);
        Assert.Contains("\"type\":\"server_error\"", part[^2], StringComparison.Ordinal);
        Assert.Contains("\"finish_reason\":\"error\"", part[^1], StringComparison.Ordinal);
    }

    private static async Task<(IReadOnlyList<string> Fast, IReadOnlyList<string> Slow)> ReadTwiceAsync()
    {
        await using var bed = await GatewayOverOllama.StartAsync(settings => settings with { CacheEnabled = true, CacheMaxMb = 1 });
        var gate = new Gate();
        bed.Ollama.Enqueue(Scenario.Says(["small", .. Enumerable.Repeat(Token, Tokens)]).PauseAt(1, gate));
        using var fast = await bed.OpenAsync(ChatBody.HiStreamed);
        await fast.UntilAsync("small");
        using var client = CreateClientWithASmallBuffer(bed);
        using var response = await AskAsync(client);
        using var slow = await EventStream.OfAsync(response);
        Assert.Equal("hit", slow.Header("X-LlamaGate-Cache"));

        gate.Release();
        return (await fast.RestAsync(), await slow.RestAsync());
    }

    /// <summary>So that what the gateway sends soon waits in it, and not on the way.</summary>
    private static HttpClient CreateClientWithASmallBuffer(GatewayOverOllama bed) => new(new SocketsHttpHandler
    {
        ConnectCallback = static async (context, cancellationToken) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 8192 };
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        BaseAddress = bed.Client.BaseAddress,
    };

    private static async Task<HttpResponseMessage> AskAsync(HttpClient client)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Content = new StringContent(ChatBody.HiStreamed, Encoding.UTF8, "application/json"),
        };
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return response;
    }
}
