using System.Text.Json;
using LlamaGate.Api.CommandLine.Connections;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Health;

/// <summary>Requests the state of a running gateway, once.</summary>
internal sealed class HealthCheck(HttpClient http, TimeProvider timeProvider)
{
    /// <param name="gateway">The gateway's root.</param>
    /// <param name="upstream">Whether Ollama must answer too.</param>
    /// <param name="limit">For the whole exchange.</param>
    /// <returns>The problem, in one line; null when healthy.</returns>
    public async Task<string?> FindFaultAsync(Uri gateway, bool upstream, TimeSpan limit, CancellationToken cancellationToken)
    {
        var (path, expected) = upstream ? ("/health", "healthy") : ("/readyz", "ready");
        var url = GatewayAddress.Resolve(gateway, path);
        using var timer = new CancellationTokenSource(limit, timeProvider);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            using var response = await http.GetAsync(url, linked.Token);
            var answer = Read(await response.Content.ReadAsByteArrayAsync(linked.Token));
            return response.IsSuccessStatusCode && answer?.Status == expected ? null
                : $"{OllamaAddress.Redact(url)} answered {(int)response.StatusCode}: {Reason(answer)}";
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested
            && ConnectionFaults.Of(exception) is not null)
        {
            var fault = ConnectionFaults.Of(exception).GetValueOrDefault();
            return fault is ConnectionFault.Timeout
                ? $"{OllamaAddress.Redact(url)} did not answer within {GoDuration.Format(limit)}"
                : $"no answer from {OllamaAddress.Redact(url)}: {ConnectionFaults.Describe(fault, exception)}";
        }
    }

    private static string Reason(HealthAnswer? answer) =>
        answer is { Status: { } status, Reason: { } reason } ? $"{status}: {reason}"
        : answer?.Error ?? answer?.Status ?? "this is not an answer from LlamaGate";

    private static HealthAnswer? Read(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize(body, HealthAnswerJsonContext.Default.HealthAnswer);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
