using LlamaGate.Api.Tests.Hosting;
using LlamaGate.Application.Abstractions;
using LlamaGate.Domain.Errors;
using Microsoft.Extensions.DependencyInjection;

namespace LlamaGate.Api.Tests.Errors;

/// <summary>What the queue's refusals look like in each dialect, as a status and in a stream that has begun.</summary>
public sealed class QueueErrorTests
{
    private const string Chat = """{"model":"m","messages":[{"role":"user","content":"hi"}]}""";
    private const string StreamedChat = """{"model":"m","messages":[{"role":"user","content":"hi"}],"stream":true}""";
    private const string Message = """{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":9}""";
    private const string StreamedMessage = """{"model":"m","messages":[{"role":"user","content":"hi"}],"max_tokens":9,"stream":true}""";

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    public static TheoryData<GatewayError, int, string, string, string> Errors => new()
    {
        { GatewayError.TooManyWaiting, 429, "rate_limit_error", "too_many_waiting", "rate_limit_error" },
        { GatewayError.QueueFull, 503, "server_error", "queue_full", "overloaded_error" },
        { GatewayError.QueueTimeout, 503, "server_error", "queue_timeout", "overloaded_error" },
        { GatewayError.Cancelled, 503, "server_error", "cancelled", "overloaded_error" },
    };

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task Refusal_BeforeTheAnswer_IsAStatus(GatewayError error, int status, string type, string code, string anthropics)
    {
        var queue = new RefusingQueue();
        await using var bed = await GatewayOverOllama.StartAsync(configure: builder => builder.Services.AddSingleton<IUpstreamCalls>(queue));
        queue.Refuse(error, TimeSpan.FromMilliseconds(12_345));
        foreach (var (path, body) in ((string, string)[])
        [
            ("/v1/chat/completions", Chat), ("/v1/chat/completions", StreamedChat), ("/v1/completions", """{"model":"m","prompt":"hi"}"""),
            ("/v1/responses", """{"model":"m","input":"hi","stream":true}"""), ("/v1/embeddings", """{"model":"m","input":"hi"}"""),
            ("/v1/messages", Message), ("/v1/messages", StreamedMessage), ("/api/chat", Chat), ("/api/embed", """{"model":"m","input":"hi"}"""),
        ])
        {
            var answer = await bed.PostAsync(path, body);
            Assert.Equal(
                path.StartsWith("/api", StringComparison.Ordinal) ? """{"error":"Refused."}"""
                : path is "/v1/messages" ? Anthropics(anthropics, answer.Headers["X-Request-ID"])
                : $$$"""{"error":{"message":"Refused.","type":"{{{type}}}","param":null,"code":"{{{code}}}"}}""",
                answer.Body);
            Assert.Equal((status, "13", "12345"), (answer.Status, answer.Headers["Retry-After"], answer.Headers["retry-after-ms"]));
            Assert.False(answer.Headers.ContainsKey("x-should-retry"));
        }
    }

    /// <summary>The part that is added at random must not be cut off, or all come back at once.</summary>
    [Fact]
    public async Task Refusal_WithTheLongestWait_KeepsItsRandomPart()
    {
        var queue = new RefusingQueue();
        await using var bed = await GatewayOverOllama.StartAsync(configure: builder => builder.Services.AddSingleton<IUpstreamCalls>(queue));
        queue.Refuse(GatewayError.QueueFull, TimeSpan.FromSeconds(143.5));
        Assert.Equal("144", (await bed.ChatAsync(Chat)).Headers["Retry-After"]);
        queue.Refuse(GatewayError.UpstreamBusy, TimeSpan.FromSeconds(143.5));
        Assert.Equal("120", (await bed.ChatAsync(Chat)).Headers["Retry-After"]);
    }

    [Theory]
    [InlineData(GatewayError.TooManyWaiting, "rate_limit_error", "too_many_waiting", "Server error: ")]
    [InlineData(GatewayError.QueueFull, "server_error", "queue_full", "Server error: ")]
    [InlineData(GatewayError.QueueTimeout, "server_error", "queue_timeout", "Server error: ")]
    [InlineData(GatewayError.Cancelled, "server_error", "cancelled", "")]
    public async Task Refusal_InAStreamThatHasBegun_IsItsError(GatewayError error, string type, string code, string prefix)
    {
        var chat = await ReadAsync("/v1/chat/completions", StreamedChat, error);
        Assert.Equal($$$"""data: {"error":{"message":"{{{prefix}}}Refused.","type":"{{{type}}}","param":null,"code":"{{{code}}}"}}""", chat[^2]);
        Assert.EndsWith("\"finish_reason\":\"error\"}]}", chat[^1], StringComparison.Ordinal);

        var responses = await ReadAsync("/v1/responses", """{"model":"m","input":"hi","stream":true}""", error);
        Assert.StartsWith("event: response.failed\n", responses[^2], StringComparison.Ordinal);
        Assert.Contains($"\"message\":\"{prefix}Refused.\"", responses[^2], StringComparison.Ordinal);
        Assert.StartsWith($$"""
            event: error
            data: {"type":"error","code":"{{code}}","message":"{{prefix}}Refused."
            """, responses[^1], StringComparison.Ordinal);

        var messages = await ReadAsync("/v1/messages", StreamedMessage, error);
        Assert.StartsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Refused.\"}", messages[^1], StringComparison.Ordinal);
    }

    private static async Task<IReadOnlyList<string>> ReadAsync(string path, string body, GatewayError error)
    {
        var clock = new WatchedClock();
        var queue = new RefusingQueue();
        await using var bed = await GatewayOverOllama.StartAsync(
            settings => settings with { SseKeepAlive = Interval },
            builder => builder.Services.AddSingleton<IUpstreamCalls>(queue).AddSingleton<TimeProvider>(clock));
        var opening = bed.OpenAsync(path, body);
        await clock.SetAsync(Interval);
        clock.Advance(Interval);
        using var stream = await opening;
        queue.Refuse(error, TimeSpan.FromSeconds(1));
        return await stream.RestAsync();
    }

    private static string Anthropics(string type, string id) =>
        $$$"""{"type":"error","error":{"type":"{{{type}}}","message":"Refused."},"request_id":"{{{id}}}"}""";

    /// <summary>A queue in which each call waits until it is refused.</summary>
    private sealed class RefusingQueue : IUpstreamCalls
    {
        private TaskCompletionSource<IUpstreamAnswer> _refusal = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Refuse(GatewayError error, TimeSpan retryAfter)
        {
            var waiting = _refusal;
            _refusal = waiting.Task.IsCompleted ? new(TaskCreationOptions.RunContinuationsAsynchronously) : waiting;
            _refusal.SetException(new GatewayException(error, "Refused.") { RetryAfter = retryAfter });
        }

        public Task<IUpstreamAnswer> StartAsync(UpstreamCall call, CancellationToken cancellationToken) => _refusal.Task.WaitAsync(cancellationToken);
    }
}
