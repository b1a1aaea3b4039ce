using System.Buffers;
using System.IO.Pipelines;
using LlamaGate.Api.Errors;
using LlamaGate.Api.Lifetime;
using LlamaGate.Api.Requests;
using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;

namespace LlamaGate.Api.Native;

/// <summary>Passes an answer of Ollama's on: each line as soon as it is there, or the whole.</summary>
internal sealed class NativeResult(INativeAnswer answer) : IActionResult
{
    /// <summary>Maximum bytes of lines that are there already and go out in one flush.</summary>
    private const int MaxUnflushed = 16 * 1024;

    public async Task ExecuteResultAsync(ActionContext context)
    {
        var http = context.HttpContext;
        using var source = answer;
        // Before the first read, which may fail: the log then has what is known so far.
        http.Exchange().Answer = new NativeFacts(source);
        var ends = http.Features.GetRequiredFeature<RunningRequest>().Ends;
        if (source.IsStream)
        {
            // Before a header is written, so that an answer without a line keeps its status.
            var isEmpty = !await source.ReadLineAsync(ends);
            WriteHeaders(http.Response);
            http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            await PumpAsync(http, isEmpty, ends);
            http.MarkAnswered();
        }
        else
        {
            await WriteWholeAsync(http, ends);
        }
    }

    private async Task WriteWholeAsync(HttpContext http, CancellationToken ends)
    {
        using var body = await answer.ReadToEndAsync(ends);
        var response = http.Response;
        response.StatusCode = answer.Status;
        response.ContentType = body.Memory.IsEmpty ? null : answer.ContentType;
        response.ContentLength = body.Memory.Length;
        await response.BodyWriter.WriteAsync(body.Memory, http.RequestAborted);
        ReportTold(http);
    }

    private async Task PumpAsync(HttpContext http, bool isEmpty, CancellationToken ends)
    {
        var output = http.Response.BodyWriter;
        try
        {
            var unflushed = 0L;
            for (var more = !isEmpty; more;)
            {
                WriteLine(output);
                unflushed += answer.Line.Length;
                var reading = answer.ReadLineAsync(ends);
                // Lines that came together go out together; none waits for a later one.
                if (!reading.IsCompleted || unflushed >= MaxUnflushed)
                {
                    await output.FlushAsync(http.RequestAborted);
                    unflushed = 0;
                }

                more = await reading;
            }

            await output.FlushAsync(http.RequestAborted);
        }
        catch (Exception exception)
        {
            if (http.HasClientLeft())
            {
                return;
            }

            // The status has been sent, so the last line reports the failure, as Ollama does.
            var failure = http.RequestServices.GetRequiredService<FailureReport>().ReportInStream(http, exception);
            output.Write(http.ErrorDialect().ToStreamError(failure, http.TraceIdentifier).Body.Span);
            output.Write("\n"u8);
            await output.FlushAsync(http.RequestAborted);
            return;
        }

        ReportTold(http);
    }

    /// <summary>Ollama's own words went out as they were; only the log has the failure.</summary>
    private void ReportTold(HttpContext http)
    {
        if (answer.Failure is { } told)
        {
            http.RequestServices.GetRequiredService<FailureReport>().ReportInStream(http, told);
        }
    }

    private void WriteLine(PipeWriter output)
    {
        foreach (var piece in answer.Line)
        {
            output.Write(piece.Span);
        }

        output.Write("\n"u8);
    }

    private void WriteHeaders(HttpResponse response)
    {
        response.ContentType = answer.ContentType;
        // Without this header nginx buffers answers.
        response.Headers["X-Accel-Buffering"] = "no";
    }
}
