using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Errors;

/// <summary>The error for several hosts of which none is up, in each dialect.</summary>
public sealed class NoHostTests
{
    [Theory]
    [InlineData("/v1/chat/completions", """{"model":"m","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/responses", """{"model":"m","input":"hi","stream":true}""")]
    [InlineData("/v1/embeddings", """{"model":"m","input":"hi"}""")]
    [InlineData("/v1/messages", """{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":9}""")]
    [InlineData("/api/chat", """{"model":"m"}""")]
    public async Task Call_WithoutAHost_Is503AndMayBeRetried(string path, string body)
    {
        await using var bed = await GatewayOverOllama.StartAsync(
            configure: builder => builder.Services.AddSingleton<IUpstreamCalls, NoHosts>());
        var answer = await bed.PostAsync(path, body);
        Assert.Equal(503, answer.Status);
        Assert.Equal(
            path switch
            {
                "/api/chat" => """{"error":"None is up."}""",
                "/v1/messages" =>
                    $$$"""{"type":"error","error":{"type":"overloaded_error","message":"None is up."},"request_id":"{{{answer.Headers["X-Request-ID"]}}}"}""",
                _ => """{"error":{"message":"None is up.","type":"server_error","param":null,"code":"no_host"}}""",
            },
            answer.Body);
        Assert.False(answer.Headers.ContainsKey("x-should-retry"));
        var log = await bed.Gateway.StopAndReadLogAsync();
        Assert.Contains(log, line => line.Contains("Ollama failed: no_host", StringComparison.Ordinal));
    }

    private sealed class NoHosts : IUpstreamCalls
    {
        public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) =>
            throw new GatewayException(GatewayError.NoHost, "None is up.");
    }
}
