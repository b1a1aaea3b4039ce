using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using LlamaGate.Api.Tests.Hosting;
using LlamaGate.OllamaEmulator;

namespace LlamaGate.Api.Tests.Tls;

/// <summary>HTTPS of the gateway's own, as clients see it: the whole chain checked, HTTP/1.1 and HTTP/2.</summary>
public class HttpsTests
{
    public static TheoryData<Version> Versions => [HttpVersion.Version11, HttpVersion.Version20];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Stream_OverTls_ComesAsItIsWritten(Version version)
    {
        await using var tls = await TlsBed.StartAsync();
        var gate = new Gate();
        tls.Bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var client = tls.CreateClient(version);
        using var stream = await TlsBed.OpenAsync(client);
        // Ollama has not written on: what is here was not held back.
        await stream.UntilAsync("\"content\":\"a\"");
        gate.Release();
        await stream.UntilAsync("\"content\":\"b\"");
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Client_LeavingOverTls_IsSeenUpstream(Version version)
    {
        await using var tls = await TlsBed.StartAsync();
        tls.Bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, new Gate()));
        using var client = tls.CreateClient(version);
        var stream = await TlsBed.OpenAsync(client);
        await stream.UntilAsync("\"content\":\"a\"");
        stream.Dispose();
        await (await tls.Bed.NextChatUpstreamAsync()).Aborted.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Stop_WhileAStreamRuns_LetsItEnd(Version version)
    {
        await using var tls = await TlsBed.StartAsync();
        var gate = new Gate();
        tls.Bed.Ollama.Enqueue(Scenario.Says("a", "b").PauseAt(1, gate));
        using var client = tls.CreateClient(version);
        using var stream = await TlsBed.OpenAsync(client);
        await stream.UntilAsync("\"content\":\"a\"");
        var stopping = tls.Bed.Gateway.StopAsync();
        Assert.False(stopping.IsCompleted);
        gate.Release();
        Assert.Equal("data: [DONE]", (await stream.RestAsync())[^1]);
        await stopping.WaitAsync(GatewayOverOllama.LongestWait);
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task Answers_OverTls_AreThoseOfPlainHttp(Version version)
    {
        await using var tls = await TlsBed.StartAsync(settings => settings with { ApiKey = "sesame" });
        using var client = tls.CreateClient(version);
        using var refused = await client.GetAsync("/v1/models");
        Assert.Equal(HttpStatusCode.Unauthorized, refused.StatusCode);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions")
        {
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new StringContent(ChatBody.Hi, Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Authorization", "Bearer sesame");
        using var answer = await client.SendAsync(request);
        Assert.Equal((HttpStatusCode.OK, version), (answer.StatusCode, answer.Version));
        Assert.Contains("\"choices\"", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var head = await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, "/livez") { Version = version });
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
    }

    [Fact]
    public async Task Start_WithACertificate_SaysHttpsAndUntilWhen()
    {
        await using var tls = await TlsBed.StartAsync();
        Assert.Equal("CN=first", await tls.ShownAsync());
        var log = await tls.Bed.Gateway.StopAndReadLogAsync();
        var port = tls.Bed.Gateway.Client.BaseAddress!.Port;
        Assert.Contains(log, line => line.Contains($"listens on https://127.0.0.1:{port} ", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains($"https://127.0.0.1:{port}/swagger", StringComparison.Ordinal));
        Assert.Contains(log, line => line.Contains("TLS certificate: localhost, 127.0.0.1, valid until 2090-01-01", StringComparison.Ordinal));
    }

    [Fact]
    public async Task PlainHttp_ToTheSamePort_GetsNoAnswerAndDoesNoHarm()
    {
        await using var tls = await TlsBed.StartAsync();
        using var client = new HttpClient();
        await Assert.ThrowsAsync<HttpRequestException>(
            () => client.GetAsync(new UriBuilder(tls.Bed.Gateway.Client.BaseAddress!) { Scheme = "http" }.Uri));
        Assert.Equal("CN=first", await tls.ShownAsync());
        Assert.DoesNotContain(
            await tls.Bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }

    /// <summary>What the server refuses before there is a request has its envelope inside TLS too.</summary>
    [Theory]
    [InlineData("GARBAGE\r\n\r\n", 400)]
    [InlineData("GET /livez HTTP/1.1\r\n\r\n", 400)]
    public async Task UnreadableRequest_OverTls_HasTheEnvelope(string request, int status)
    {
        await using var tls = await TlsBed.StartAsync();
        using var limit = new CancellationTokenSource(GatewayOverOllama.LongestWait);
        using var client = new TcpClient();
        await client.ConnectAsync(tls.Bed.Gateway.EndPoint, limit.Token);
        await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, _, _) => certificate?.Subject == "CN=first");
        await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = "localhost" }, limit.Token);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
        using var answer = new MemoryStream();
        await stream.CopyToAsync(answer, limit.Token);
        var parts = Encoding.UTF8.GetString(answer.ToArray()).Split("\r\n\r\n", 2);
        Assert.StartsWith($"HTTP/1.1 {status} ", parts[0], StringComparison.Ordinal);
        Assert.Equal("invalid_request_error", JsonElement.Parse(parts[1]).GetProperty("error").GetProperty("type").GetString());
    }

    /// <summary>HTTP/2 has frames where the envelope would go: such a request ends, and other requests do not notice.</summary>
    [Fact]
    public async Task UnreadableRequest_OverHttp2_EndsAlone()
    {
        await using var tls = await TlsBed.StartAsync();
        using var client = tls.CreateClient(HttpVersion.Version20);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/livez")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        request.Headers.TryAddWithoutValidation("X-Large", new string('x', 60_000));
        var status = 0;
        try
        {
            using var answer = await client.SendAsync(request);
            status = (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            // The server may also end the connection.
        }

        Assert.Contains(status, new[] { 0, 431 });
        using var next = await client.GetAsync("/livez");
        Assert.Equal(HttpStatusCode.OK, next.StatusCode);
        Assert.DoesNotContain(
            await tls.Bed.Gateway.StopAndReadLogAsync(), line => line.Contains("\"level\":\"error\"", StringComparison.Ordinal));
    }
}
