using LlamaGate.Application.Health;
using LlamaGate.Domain.Callers;
using MediatR;

namespace LlamaGate.Api.Lifetime;

/// <summary>
/// Logs shortly after the start whether Ollama answers: otherwise a misconfigured gateway looks like a working one. The
/// start does not wait for it, because Ollama may start later.
/// </summary>
internal sealed partial class FirstProbe(
    IServiceScopeFactory scopes, IHostApplicationLifetime lifetime, TimeProvider timeProvider, ILogger<FirstProbe> logger)
    : WorkAfterStart(TimeSpan.FromMilliseconds(250), lifetime, timeProvider)
{
    protected override async Task RunAsync(CancellationToken stopping)
    {
        await using var scope = scopes.CreateAsyncScope();
        var report = await scope.ServiceProvider.GetRequiredService<IMediator>().Send(new GetHealthQuery(IsVerbose: true, ModelAccess.None), stopping);
        if (report.Hosts is not null)
        {
            // Of several hosts each has logged that it is up or down.
            return;
        }

        if (report.IsHealthy)
        {
            LogAnswers(report.OllamaHost);
        }
        else
        {
            LogSilent(report.OllamaHost, report.Error?.TrimEnd('.') ?? "");
        }
    }

    [LoggerMessage(EventId = 24, EventName = "OllamaAnswers", Level = LogLevel.Information,
        Message = "Ollama answers at {Upstream}")]
    private partial void LogAnswers(string upstream);

    [LoggerMessage(EventId = 25, EventName = "OllamaDoesNotAnswer", Level = LogLevel.Warning,
        Message = "No usable answer from {Upstream}: {Fault}. Start Ollama (ollama serve) or correct OLLAMA_HOST; llamagate doctor "
            + "shows more. The gateway keeps running and needs no restart once Ollama is up")]
    private partial void LogSilent(string upstream, string fault);
}
