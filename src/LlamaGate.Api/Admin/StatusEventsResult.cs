using System.Buffers;
using System.Text.Json;
using LlamaGate.Api.Authentication;
using LlamaGate.Api.Lifetime;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Admin;
using LlamaGate.Application.Admin.Contracts;
using LlamaGate.Application.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Admin;

/// <summary>
/// Sends the status as server-sent events until the listener leaves, its key no longer opens the administration, or the gateway begins to stop:
/// a page that stays open must not delay that.
/// A listener that does not read gets nothing further, and is cut off by the server.
/// </summary>
/// <param name="ends">Ends the request.</param>
internal sealed class StatusEventsResult(StatusFeed feed, CancellationToken ends) : IActionResult
{
    private static readonly AdminJsonContext Json = new(ContractSerialization.CreateOptions());

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        using var listener = feed;
        var callers = http.RequestServices.GetRequiredService<ICallerDirectory>();
        var lifetime = http.RequestServices.GetRequiredService<IHostApplicationLifetime>();
        using var over = CancellationTokenSource.CreateLinkedTokenSource(ends, lifetime.ApplicationStopping);
        try
        {
            await foreach (var status in feed.ReadAsync(() => PresentedKeys.MayAdminister(http.Request.Headers, callers), over.Token))
            {
                // Not before the first: a failure still has a status of its own.
                Begin(http);
                await WriteAsync(http.Response, status, over.Token);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested && !http.HasClientLeft())
        {
        }

        Begin(http);
    }

    private static void Begin(HttpContext http)
    {
        if (http.Response.HasStarted)
        {
            return;
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        // nginx buffers answers unless this header is set.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
    }

    private static async Task WriteAsync(HttpResponse response, AdminStatus status, CancellationToken cancellationToken)
    {
        var output = response.BodyWriter;
        output.Write("event: status\ndata: "u8);
        await using (var writer = new Utf8JsonWriter(output, ContractSerialization.WriterOptions))
        {
            JsonSerializer.Serialize(writer, status, Json.AdminStatus);
        }

        output.Write("\n\n"u8);
        await output.FlushAsync(cancellationToken);
    }
}
