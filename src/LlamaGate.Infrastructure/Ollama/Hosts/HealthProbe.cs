using System.Net;
using System.Net.Sockets;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Caching;
using LlamaGate.Domain.Health;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>
/// Checks whether Ollama answers. Concurrent callers share one check, and its result is reused for a second, so that
/// nobody can flood the upstream through <c>/health</c>, which needs no key. It does not use IUpstreamCalls: a queue must not
/// delay it.
/// </summary>
internal sealed class HealthProbe : IUpstreamHealth
{
    private const string VersionPath = "api/version";

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan Validity = TimeSpan.FromSeconds(1);

    private readonly HttpMessageInvoker _http;
    private readonly OllamaHost _host;
    private readonly TimeProvider _timeProvider;
    private readonly SharedTask<UpstreamHealth> _check;

    public HealthProbe(HttpMessageInvoker http, OllamaHost host, TimeProvider timeProvider)
    {
        _http = http;
        _host = host;
        _timeProvider = timeProvider;
        _check = new SharedTask<UpstreamHealth>(ProbeAsync, Validity, timeProvider);
    }

    public string DisplayAddress => _host.DisplayAddress;

    public Task<UpstreamHealth> CheckAsync(CancellationToken cancellationToken) => _check.GetAsync(cancellationToken);

    public IReadOnlyList<HostStatus>? ListHosts() => null;

    private static UpstreamHealth Judge(HttpResponseMessage response, Uri address) =>
        UpstreamAddressFault.Find(
            address, VersionPath, (int)response.StatusCode, response.Headers.Location,
            response.Content.Headers.ContentType?.MediaType) is { } fault ? new UpstreamHealth(fault)
        : response.IsSuccessStatusCode ? UpstreamHealth.Connected
        : response.StatusCode is HttpStatusCode.Unauthorized ? UpstreamHealth.RefusedCredentials((int)response.StatusCode)
        : UpstreamHealth.AnsweredWith((int)response.StatusCode);

    private async Task<UpstreamHealth> ProbeAsync()
    {
        using var limit = new CancellationTokenSource(Limit, _timeProvider);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, _host.Resolve(VersionPath));
            request.Headers.Authorization = _host.Authorization;
            using var response = await _http.SendAsync(request, limit.Token);
            return Judge(response, request.RequestUri!);
        }
        catch (Exception exception)
            when (exception is HttpRequestException or OperationCanceledException or IOException or SocketException)
        {
            return UpstreamHealth.Unreachable;
        }
    }
}
