using System.Text.Json;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.CommandLine.Doctor.Reports;
using LlamaGate.Api.CommandLine.Doctor.Upstream;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>
/// Runs the checks one after the other, because they would disturb each other's measurements. Each has its own time limit, and all
/// share one. If a check fails, the next still runs.
/// </summary>
internal sealed class DiagnosisRunner(IReadOnlyList<IDiagnosis> diagnoses, TimeProvider clock)
{
    public static readonly TimeSpan OverallLimit = TimeSpan.FromMinutes(5);

    /// <returns>The worst severity found.</returns>
    public async Task<Severity> RunAsync(DiagnosisContext context, IReport report, CancellationToken cancellationToken)
    {
        var worst = Severity.Ok;
        using var overall = new CancellationTokenSource(OverallLimit, clock);
        foreach (var (diagnosis, host) in diagnoses.SelectMany(diagnosis => PerHost(diagnosis, context)))
        {
            if (host is null)
            {
                context.ChooseHost();
            }
            else
            {
                context.Host = host;
            }

            var finding = overall.IsCancellationRequested
                ? Finding.Skipped($"the time limit of {Figures.Of(OverallLimit)} for all checks had passed")
                : await CheckAsync(diagnosis, context, overall.Token, cancellationToken);
            finding = finding with { Host = context.Hosts.Count > 1 && diagnosis.Needs.HasFlag(Needs.Ollama) | diagnosis.IsPerHost ? context.Host.Configured.Name : null };
            worst = finding.Severity > worst ? finding.Severity : worst;
            await report.AddAsync(diagnosis.Name, finding, cancellationToken);
        }

        await report.EndAsync(worst, cancellationToken);
        return worst;
    }

    private static IEnumerable<(IDiagnosis Diagnosis, DiagnosedHost? Host)> PerHost(IDiagnosis diagnosis, DiagnosisContext context) =>
        diagnosis.IsPerHost ? context.Hosts.Select(host => (diagnosis, (DiagnosedHost?)host)) : [(diagnosis, null)];

    private async Task<Finding> CheckAsync(
        IDiagnosis diagnosis, DiagnosisContext context, CancellationToken overall, CancellationToken cancellationToken)
    {
        if (context.WhyNot(diagnosis.Needs) is { } reason)
        {
            return Finding.Skipped(reason);
        }

        using var limit = new CancellationTokenSource(diagnosis.Limit, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, overall, cancellationToken);
        try
        {
            return await diagnosis.RunAsync(context, linked.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new Finding(Severity.Warning, $"The check did not end within {Figures.Of(diagnosis.Limit)}.");
        }
        catch (UnexpectedAnswerException exception)
        {
            return new Finding(Severity.Warning, $"Unknown: {exception.Message}.");
        }
        catch (JsonException)
        {
            return new Finding(Severity.Warning, "Unknown: the answer was not the expected JSON.");
        }
        catch (Exception exception) when (exception is not OperationCanceledException
            && ConnectionFaults.Of(exception) is not null)
        {
            var words = ConnectionFaults.Describe(ConnectionFaults.Of(exception).GetValueOrDefault(), exception);
            return new Finding(Severity.Warning, $"Unknown: {words}.");
        }
    }
}
