using System.Runtime.CompilerServices;
using LlamaGate.Api.Configuration;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Exchange;
using LlamaGate.Api.RequestLogging;
using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Streaming;

/// <summary>
/// Answers with a stream as OpenAI does: each event at once, and an end that tells a complete stream from one that broke.
/// </summary>
internal sealed class ServerSentEventsResult<T>(IAsyncEnumerable<T> events, IStreamFraming<T> framing) : IActionResult
{
    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        var services = http.RequestServices;
        var keepAlive = services.GetRequiredService<GatewaySettings>().SseKeepAlive;
        var timeProvider = services.GetRequiredService<TimeProvider>();
        await using var source = events.GetAsyncEnumerator(CancellationToken.None);
        var first = await StreamPriming.WaitAsync(source.MoveNextAsync(), keepAlive, timeProvider);
        WriteHeaders(http);
        using var writer = new SseWriter(http.Response.BodyWriter);
        await using var heartbeat = new Heartbeat(writer, keepAlive, timeProvider);
        if (!first.IsCompleted)
        {
            // The first comment is due now: it is what the interval of waiting was for.
            writer.WriteKeepAlive();
        }

        try
        {
            await PumpAsync(source, new ValueTask<bool>(first), writer, heartbeat);
            WriteTiming(services.GetRequiredService<ExchangeFacts>(), timeProvider, writer);
            framing.WriteEnd(writer);
        }
        catch (Exception exception)
        {
            if (http.HasClientLeft())
            {
                return;
            }

            // The status is out, so the failure is told in the stream, which must not look finished.
            framing.WriteFailure(writer, services.GetRequiredService<FailureReport>().ReportInStream(http, exception));
        }

        await writer.FlushAsync();
        http.MarkAnswered();
    }

    private async Task PumpAsync(IAsyncEnumerator<T> source, ValueTask<bool> moving, SseWriter writer, Heartbeat heartbeat)
    {
        while (await NextAsync(moving, writer, heartbeat))
        {
            framing.WriteEvent(writer, source.Current);
            if (writer.IsFull)
            {
                await writer.FlushAsync();
            }

            moving = source.MoveNextAsync();
        }
    }

    /// <summary>
    /// Flushes before it waits, and only then: events that came in one packet go out in one, and none is held back for the next.
    /// </summary>
    // Pooled, since it is one for each packet of a stream.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<bool> NextAsync(ValueTask<bool> moving, SseWriter writer, Heartbeat heartbeat)
    {
        if (moving.IsCompleted)
        {
            return await moving;
        }

        await writer.FlushAsync();
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
    private static void WriteTiming(ExchangeFacts facts, TimeProvider timeProvider, SseWriter writer)
    {
        if (ServerTiming.Of(facts, timeProvider.GetElapsedTime(facts.StartedAt)) is { } timing)
        {
            writer.WriteComment($"{ServerTiming.HeaderName}: {timing}");
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
