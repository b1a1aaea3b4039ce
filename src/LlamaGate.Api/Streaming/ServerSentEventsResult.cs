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
        var settings = services.GetRequiredService<GatewaySettings>();
        var keepAlive = settings.SseKeepAlive;
        var timeProvider = services.GetRequiredService<TimeProvider>();
        await using var source = stream;
        var exchange = http.Exchange();
        // Before the first read, which may fail, so that the log has the facts known until then.
        exchange.Answer = new ConversationFacts(source);
        var notices = QueueNotices.For(http, settings, timeProvider);
        var first = await StreamPriming.WaitAsync(source.MoveNextAsync(), keepAlive, notices, timeProvider);
        WriteHeaders(http);
        notices?.NoteHeaders();
        using var output = new SseWriter(http.Response.BodyWriter);
        var isEarly = !first.IsCompleted;
        if (isEarly)
        {
            WriteWaiting(output, notices?.TakeFirst(keepAlive));
        }

        await using var heartbeat = new Heartbeat(output, events, keepAlive, notices, timeProvider);
        try
        {
            await PumpAsync(first, output, heartbeat, isEarly ? notices : null);
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

    /// <summary>The first silence has lasted for its interval, so something is due now.</summary>
    private void WriteWaiting(SseWriter output, string? notice)
    {
        if (notice is null)
        {
            events.WriteKeepAlive(output);
        }
        else
        {
            events.WriteQueueNotice(output, notice);
        }
    }

    /// <param name="notices">Of a stream whose headers were sent before its first event; null: none.</param>
    private async Task PumpAsync(Task<bool> first, SseWriter output, Heartbeat heartbeat, QueueNotices? notices)
    {
        var hasNext = await NextAsync(new ValueTask<bool>(first), output, heartbeat);
        if (notices?.TakeLast() is { } last)
        {
            events.WriteQueueNotice(output, last);
        }

        while (hasNext)
        {
            events.Write(output, stream.Current);
            if (output.IsFull)
            {
                await output.FlushAsync();
            }

            hasNext = await NextAsync(stream.MoveNextAsync(), output, heartbeat);
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
