using System.Globalization;
using LlamaGate.OllamaEmulator.Bench;
using LlamaGate.OllamaEmulator.Endpoints;
using LlamaGate.OllamaEmulator.Requests;
using LlamaGate.OllamaEmulator.Scheduling;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Hosting;

/// <summary>Takes a request off Kestrel: remembers it, finds the answer, sends it, and notes how it ended.</summary>
internal sealed class RequestHandler(Emulator emulator, CancellationToken stopping)
{
    private readonly Routes _routes = new(emulator);
    private readonly ControlEndpoints _control = new(emulator);
    private readonly BenchEndpoint _bench = new(emulator, stopping);

    public async Task HandleAsync(HttpContext context)
    {
        if (context.Request.Path.StartsWithSegments(ControlEndpoints.Prefix, StringComparison.Ordinal))
        {
            await _control.ServeAsync(context);
            return;
        }

        if (emulator.ResetsConnections)
        {
            context.Abort();
            return;
        }

        if (await _bench.TryServeAsync(context))
        {
            return;
        }

        // As in the answers: a program can compare the two.
        context.Response.Headers.Date = emulator.Options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        using var exchange = new Exchange(context, stopping);
        if (await ReadAsync(context.Request, exchange.Ended) is not { } request)
        {
            context.Abort();
            return;
        }

        exchange.FirstWrite = request.MarkAnswering;
        exchange.FirstByte = request.MarkAnswered;
        await using var abort = context.RequestAborted.Register(() =>
        {
            if (!exchange.WasResetHere && !stopping.IsCancellationRequested)
            {
                request.MarkAborted();
            }
        });
        emulator.Log.Add(request);
        try
        {
            await SendAsync(Perform(request), request, exchange);
        }
        catch (Exception e)
            when (exchange.Ended.IsCancellationRequested && e is OperationCanceledException or IOException)
        {
            // The client left, or the emulator stops while an answer hangs: either way there is nobody to tell.
            context.Abort();
        }
        finally
        {
            request.MarkCompleted();
            emulator.Runners?.Host.Changed.Beat();
        }
    }

    /// <summary>Null when the client left or the emulator stopped in the middle of it.</summary>
    private async Task<RecordedRequest?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        try
        {
            await request.Body.CopyToAsync(body, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            return null;
        }

        var headers =
            request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RecordedRequest(request.Method, request.Path.Value ?? "/", headers, body.ToArray())
        {
            ReceivedAt = emulator.Time.GetTimestamp(),
        };
    }

    private async Task SendAsync(Performance performance, RecordedRequest request, Exchange exchange)
    {
        var (reply, scenario) = performance;
        if (performance.Call is not { } call || emulator.Runners is not { } runners)
        {
            await new ReplySender(exchange, reply, scenario, emulator.Time).SendAsync();
            return;
        }

        using var ticket = runners.Host.Submit(call, request.ReceivedAt);
        var failure = reply.Lines is null
            ? await ticket.MadeAsync(exchange.Ended)
            : await ticket.FirstTokenAsync(exchange.Ended);
        var sender = FailureReplies.For(failure) is { } failed
            ? new ReplySender(exchange, failed, Scenario.Default, emulator.Time)
            : new ReplySender(exchange, reply, scenario, emulator.Time, ticket);
        await sender.SendAsync();
    }

    private Performance Perform(RecordedRequest request)
    {
        try
        {
            // A gateway's own load is no call of a test's, so it takes only a scenario that is meant for it.
            var scenario = NamedScenario.OfHeaders(request) ?? (LoadRequest.Is(request) ? emulator.Script.NextLoad() : emulator.Script.Next(request));
            return Performance.Direct(scenario) ?? _routes.Serve(request, scenario);
        }
        catch (OllamaRefusal refusal)
        {
            return Performance.Plain(Reply.Error(refusal.Status, refusal.Message));
        }
    }
}
