using System.Runtime.CompilerServices;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Conversations;
using LlamaGate.Application.Dialects;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Streaming;

/// <summary>
/// Answers with a stream of a dialect's events: each event is sent at once, and the end shows whether the stream is complete or failed.
/// </summary>
internal sealed class ServerSentEventsResult(ConversationStream stream, IStreamWriter events) : IActionResult
{
    /// <summary>
    /// A request with this header, with any value, gets its timings in a comment at the end of the stream. Only on request: small clients
    /// parse every block as JSON.
    /// </summary>
    public const string TimingRequestHeader = "X-LlamaGate-Server-Timing";

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var keepAlive = services.GetRequiredService<GatewaySettings>().SseKeepAlive;
        var timeProvider = services.GetRequiredService<TimeProvider>();
        await using var source = stream;
        var exchange = http.Exchange();
        // Before the first read, which may fail, so that the log has the facts known until then.
        exchange.Answer = new ConversationFacts(source);
        var first = await StreamPriming.WaitAsync(source.MoveNextAsync(), keepAlive, timeProvider);
        WriteHeaders(http);
        using var output = new SseWriter(http.Response.BodyWriter);
        await using var heartbeat = new Heartbeat(output, events, keepAlive, timeProvider);
        if (!first.IsCompleted)
        {
            // The first keep-alive is due now, because the interval has passed.
            events.WriteKeepAlive(output);
        }

        try
        {
            await PumpAsync(new ValueTask<bool>(first), output, heartbeat);
            if (http.Request.Headers.ContainsKey(TimingRequestHeader))
            {
                WriteTiming(http, timeProvider, output);
            }

            events.WriteEnd(output);
        }
        catch (Exception exception)
        {
            if (http.HasClientLeft())
            {
                return;
            }

            // The status has been sent, so the stream itself reports the failure. It must not look complete.
            var failure = services.GetRequiredService<FailureReport>().ReportInStream(http, exception);
            events.WriteFailure(output, http.ErrorDialect().ToStreamError(failure, exchange.RequestId));
        }

        await output.FlushAsync();
        http.MarkAnswered();
    }

    private async Task PumpAsync(ValueTask<bool> moving, SseWriter output, Heartbeat heartbeat)
    {
        while (await NextAsync(moving, output, heartbeat))
        {
            events.Write(output, stream.Current);
            if (output.IsFull)
            {
                await output.FlushAsync();
            }

            moving = stream.MoveNextAsync();
        }
    }

    /// <summary>
    /// Flushes only before it waits: events that arrived in one packet are sent in one, and none is held back for the next.
    /// </summary>
    // Pooled, since each packet of a stream needs one.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> NextAsync(ValueTask<bool> moving, SseWriter output, Heartbeat heartbeat)
    {
        if (moving.IsCompleted)
        {
            return await moving;
        }

        var hasWritten = !output.IsEmpty;
        await output.FlushAsync();
        heartbeat.Yield(hasWritten);
        try
        {
            return await moving;
        }
        finally
        {
            await heartbeat.ResumeAsync();
        }
    }

    /// <summary>The value of the header on a plain answer; here it is known only at the end.</summary>
    private static void WriteTiming(HttpContext http, TimeProvider timeProvider, SseWriter output)
    {
        var exchange = http.Exchange();
        if (ServerTiming.Of(http, exchange, timeProvider.GetElapsedTime(exchange.StartedAt)) is { } timing)
        {
            output.WriteComment($"{ServerTiming.HeaderName}: {timing}");
        }
    }

    private static void WriteHeaders(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        // nginx buffers answers unless this header is set.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
