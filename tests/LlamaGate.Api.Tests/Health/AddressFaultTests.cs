using System.Net;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Tests.CommandLine.Connections;
using LlamaGate.Api.Tests.Running;

namespace LlamaGate.Api.Tests.Health;

/// <summary>An OLLAMA_HOST that leads elsewhere than to Ollama's API: /health, the caller and the log hear what to set.</summary>
public sealed class AddressFaultTests
{
    [Theory]
    [InlineData("301 Moved\r\nLocation: https://me:pw@o.example/sub/api/", "", "OLLAMA_HOST redirects to https://o.example/sub. Set OLLAMA_HOST=https://o.example/sub.")]
    [InlineData("404 Not Found", "/v1", "OLLAMA_HOST must not end in /v1. Set OLLAMA_HOST={0}.")]
    [InlineData("404 Not Found", "/other", "Ollama's API is not at {0}/other (404). Check the path in OLLAMA_HOST.")]
    [InlineData("200 OK\r\nContent-Type: text/html", "/api", "OLLAMA_HOST must not end in /api. Set OLLAMA_HOST={0}.")]
    [InlineData("200 OK\r\nContent-Type: text/html", "", "The server at {0} returns a web page, not Ollama's API. Check host, port and path in OLLAMA_HOST.")]
    public async Task Address_ThatLeadsElsewhere_IsNamedByHealthAndChat(string head, string path, string expected)
    {
        await using var server = Redirecting(head);
        var root = server.Root.AbsoluteUri.TrimEnd('/');
        var fault = expected.Replace("{0}", root, StringComparison.Ordinal);
        await using var gateway = await RunningGateway.StartAsync(new GatewaySettings { OllamaHost = new Uri(root + path) });

        using var health = await gateway.Client.GetAsync(new Uri("/health", UriKind.Relative));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, health.StatusCode);
        Assert.Equal(
            $$"""{"status":"unhealthy","error":"{{fault}}","ollama_host":"{{root}}{{path}}"}""",
            await health.Content.ReadAsStringAsync());

        using var body = new StringContent(
            """{"model":"plain","messages":[{"role":"user","content":"hi"}]}""", System.Text.Encoding.UTF8, "application/json");
        using var chat = await gateway.Client.PostAsync(new Uri("/v1/chat/completions", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadGateway, chat.StatusCode);
        Assert.Contains(fault, await chat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    /// <summary>A Location that ends in <c>/api/</c> gets the rest of the path that was requested, as a proxy would do.</summary>
    private static ScriptedServer Redirecting(string head) => new(async (stream, request, cancellationToken) =>
    {
        var requested = request.Split(' ')[1];
        var rest = requested[(requested.LastIndexOf('/') + 1)..];
        var answer = head.EndsWith("/api/", StringComparison.Ordinal) ? head + rest : head;
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes(
            $"HTTP/1.1 {answer}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"), cancellationToken);
    });
}
