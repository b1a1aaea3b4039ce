using System.Net;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>
/// Asks Ollama whether it is there. Callers who ask together share one question and its answer holds for a second, so that nobody
/// can hammer the upstream through <c>/health</c>, which needs no key.
/// </summary>
internal sealed class HealthProbe(HttpMessageInvoker http, OllamaOptions options, TimeProvider timeProvider)
{
    private const string VersionPath = "api/version";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly OllamaAddress _address = new(options);
    private readonly Lock _gate = new();
    private Task<UpstreamHealth>? _probe;
    private long _probedAt;

    public Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_probe is null || (_probe.IsCompleted && timeProvider.GetElapsedTime(_probedAt) > Validity))
            {
                _probe = ProbeAsync();
            }

            return _probe.WaitAsync(cancellationToken);
        }
    }

    private static UpstreamHealth Judge(HttpResponseMessage response, Uri address) =>
        UpstreamAddressFault.Find(
            address, VersionPath, (int)response.StatusCode, response.Headers.Location,
            response.Content.Headers.ContentType?.MediaType) is { } fault ? new UpstreamHealth(fault)
        : response.IsSuccessStatusCode ? UpstreamHealth.Connected
        : response.StatusCode is HttpStatusCode.Unauthorized ? UpstreamHealth.RefusedCredentials((int)response.StatusCode)
        : UpstreamHealth.AnsweredWith((int)response.StatusCode);

    private async Task<UpstreamHealth> ProbeAsync()
    {
        using var limit = new CancellationTokenSource(Limit, timeProvider);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _address.Resolve(VersionPath));
            request.Headers.Authorization = _address.Authorization;
            using var response = await http.SendAsync(request, limit.Token);
            return Judge(response, request.RequestUri!);
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException or IOException)
        {
            return UpstreamHealth.Unreachable;
        }
        finally
        {
            _probedAt = timeProvider.GetTimestamp();
        }
    }
}
