using LlamaGate.OllamaEmulator.Bench;
using LlamaGate.OllamaEmulator.Endpoints;
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

        if (await _bench.TryServeAsync(context))
        {
            return;
        }

        using var exchange = new Exchange(context, stopping);
        var request = await ReadAsync(context.Request, exchange.Ended);
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
            var performance = Perform(request);
            await new ReplySender(exchange, performance.Reply, performance.Scenario, emulator.Time).SendAsync();
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
        }
    }

    private static async Task<RecordedRequest> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        await request.Body.CopyToAsync(body, cancellationToken);
        var headers =
            request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new RecordedRequest(request.Method, request.Path.Value ?? "/", headers, body.ToArray());
    }

    private Performance Perform(RecordedRequest request)
    {
        try
        {
            var scenario = NamedScenario.OfHeaders(request) ?? emulator.Script.Next(request);
            return Performance.Direct(scenario) ?? _routes.Serve(request, scenario);
        }
        catch (OllamaRefusal refusal)
        {
            return Performance.Plain(Reply.Error(refusal.Status, refusal.Message));
        }
    }
}
