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
/// Answers with a stream of a dialect's events: each event at once, and an end that tells a complete stream from one that broke.
/// </summary>
internal sealed class ServerSentEventsResult(ConversationStream stream, IStreamWriter events) : IActionResult
{
    /// <summary>
    /// A request with this header, of any value, gets its timings in a comment at the stream's end. Not unasked: small clients take every
    /// block for JSON.
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
        // Before the first reading, which may fail: the log has what was known until then.
        exchange.Answer = new ConversationFacts(source);
        var first = await StreamPriming.WaitAsync(source.MoveNextAsync(), keepAlive, timeProvider);
        WriteHeaders(http);
        using var output = new SseWriter(http.Response.BodyWriter);
        await using var heartbeat = new Heartbeat(output, events, keepAlive, timeProvider);
        if (!first.IsCompleted)
        {
            // The first sign of life is due now: it is what the interval of waiting was for.
            events.WriteKeepAlive(output);
        }

        try
        {
            await PumpAsync(new ValueTask<bool>(first), output, heartbeat);
            if (http.Request.Headers.ContainsKey(TimingRequestHeader))
            {
                WriteTiming(exchange, timeProvider, output);
            }

            events.WriteEnd(output);
        }
        catch (Exception exception)
        {
            if (http.HasClientLeft())
            {
                return;
            }

            // The status is out, so the stream itself carries the failure. It must not look finished.
            var failure = services.GetRequiredService<FailureReport>().ReportInStream(http, exception);
            events.WriteFailure(output, http.ErrorDialect().ToStreamError(failure));
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
    /// Flushes before it waits, and only then: events that came in one packet go out in one, and none is held back for the next.
    /// </summary>
    // Pooled, since it is one for each packet of a stream.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> NextAsync(ValueTask<bool> moving, SseWriter output, Heartbeat heartbeat)
    {
        if (moving.IsCompleted)
        {
            return await moving;
        }

        await output.FlushAsync();
        heartbeat.Yield();
        try
        {
            return await moving;
        }
        finally
        {
            await heartbeat.ResumeAsync();
        }
    }

    /// <summary>What the header says on a plain answer; here it is only known at the end.</summary>
    private static void WriteTiming(Exchange exchange, TimeProvider timeProvider, SseWriter output)
    {
        if (ServerTiming.Of(exchange.Answer, timeProvider.GetElapsedTime(exchange.StartedAt)) is { } timing)
        {
            output.WriteComment($"{ServerTiming.HeaderName}: {timing}");
        }
    }

    private static void WriteHeaders(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache";
        // nginx buffers answers unless it is told not to.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }
}
