using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using LlamaGate.OllamaEmulator.Hosting;
using LlamaGate.OllamaEmulator.Wire;

namespace LlamaGate.OllamaEmulator.Bench;

/// <summary>
/// The short way for a benchmark's upstream: the body is drained, not kept, parsed or remembered, and the answer's bytes
/// are ready. So the upstream costs little of the core it shares with the load.
/// </summary>
internal sealed class BenchEndpoint(Emulator emulator, CancellationToken stopping)
{
    private const string Path = "/api/chat";
    private const int MostAnswers = 1000;
    private static readonly byte[] ModelMember = Encoding.ASCII.GetBytes($"\"model\":\"{BenchScript.Prefix}");
    private static readonly byte[] StampMark = Encoding.ASCII.GetBytes(BenchAnswer.Stamp);

    private readonly ConcurrentDictionary<string, BenchAnswer> _answers = new(StringComparer.Ordinal);

    /// <summary>False when the request is not for a bench model; then nothing of it has been taken.</summary>
    public async ValueTask<bool> TryServeAsync(HttpContext context)
    {
        if (!HttpMethods.IsPost(context.Request.Method) || context.Request.Path.Value is not Path)
        {
            return false;
        }

        var reader = context.Request.BodyReader;
        var read = await reader.ReadAsync(context.RequestAborted);
        if (ModelOf(read.Buffer.FirstSpan) is not { } model)
        {
            reader.AdvanceTo(read.Buffer.Start);
            return false;
        }

        reader.AdvanceTo(read.Buffer.End);
        while (!read.IsCompleted)
        {
            read = await reader.ReadAsync(context.RequestAborted);
            reader.AdvanceTo(read.Buffer.End);
        }

        try
        {
            await ServeAsync(context, AnswerOf(model));
        }
        catch (FormatException e)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            context.Response.ContentType = ContentTypes.Json;
            await context.Response.WriteAsync($$"""{"error":{{GoJson.Quote($"emulator: {e.Message}")}}}""", stopping);
        }
        catch (OperationCanceledException)
        {
            // The client left, or the emulator stops while an answer hangs: either way there is nobody to tell.
            context.Abort();
        }

        return true;
    }

    private static string? ModelOf(ReadOnlySpan<byte> body)
    {
        var at = body.IndexOf(ModelMember);
        if (at < 0)
        {
            return null;
        }

        var name = body[(at + ModelMember.Length - BenchScript.Prefix.Length)..];
        var end = name.IndexOf((byte)'"');
        return end < 0 ? null : Encoding.ASCII.GetString(name[..end]);
    }

    private BenchAnswer AnswerOf(string model)
    {
        if (_answers.TryGetValue(model, out var known))
        {
            return known;
        }

        var answer = new BenchAnswer(model, BenchScript.Parse(model), emulator.Time);
        if (answer.Script.Id is null && _answers.Count < MostAnswers)
        {
            _answers.TryAdd(model, answer);
        }

        return answer;
    }

    private async Task ServeAsync(HttpContext context, BenchAnswer answer)
    {
        var script = answer.Script;
        if (script.Id is not { } id)
        {
            await AnswerAsync(context, answer, context.RequestAborted);
            return;
        }

        await using var abort = context.RequestAborted.Register(() => emulator.Bench.MarkAborted(id));
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        emulator.Bench.MarkArrived(id);
        await AnswerAsync(context, answer, ended.Token);
    }

    private Task AnswerAsync(HttpContext context, BenchAnswer answer, CancellationToken ended) => answer.Script.Kind switch
    {
        BenchKind.Plain => PlainAsync(context.Response, answer, ended),
        BenchKind.Flood => FloodAsync(context.Response, answer, ended),
        _ => PacedAsync(context.Response, answer, ended),
    };

    private async Task PlainAsync(HttpResponse response, BenchAnswer answer, CancellationToken ended)
    {
        await DelayAsync(answer.Script.First, ended);
        response.ContentType = ContentTypes.Json;
        response.ContentLength = answer.ContentLength;
        await response.BodyWriter.WriteAsync(answer.Packets[0], ended);
    }

    private async Task FloodAsync(HttpResponse response, BenchAnswer answer, CancellationToken ended)
    {
        await DelayAsync(answer.Script.First, ended);
        response.ContentType = ContentTypes.NdJson;
        foreach (var packet in answer.Packets)
        {
            await response.BodyWriter.WriteAsync(packet, ended);
        }

        await response.BodyWriter.WriteAsync(answer.Closing, ended);
    }

    private async Task PacedAsync(HttpResponse response, BenchAnswer answer, CancellationToken ended)
    {
        await DelayAsync(answer.Script.First, ended);
        response.ContentType = ContentTypes.NdJson;
        var line = answer.Packets[0].ToArray();
        var stamp = line.AsMemory(line.AsSpan().IndexOf(StampMark) + 1, StampMark.Length - 1);
        for (var i = 0; i < answer.Script.Tokens; i++)
        {
            if (i > 0)
            {
                await DelayAsync(answer.Script.Gap, ended);
            }

            emulator.Time.GetTimestamp().TryFormat(stamp.Span, out _, "x16", CultureInfo.InvariantCulture);
            await response.BodyWriter.WriteAsync(line, ended);
        }

        await response.BodyWriter.WriteAsync(answer.Closing, ended);
    }

    private Task DelayAsync(TimeSpan delay, CancellationToken ended) =>
        delay > TimeSpan.Zero ? Task.Delay(delay, emulator.Time, ended) : Task.CompletedTask;
}
