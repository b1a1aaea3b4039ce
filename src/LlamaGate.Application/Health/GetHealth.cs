using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Health.Contracts;
using LlamaGate.Domain.Callers;
using MediatR;

namespace LlamaGate.Application.Health;

/// <summary>Whether the gateway can reach its upstream. It has no body, so there is nothing to validate.</summary>
/// <param name="IsVerbose">Whether each of several hosts is reported too.</param>
/// <param name="Named">The models that the caller may see.</param>
public sealed record GetHealthQuery(bool IsVerbose, ModelAccess Named) : IRequest<HealthReport>;

internal sealed class GetHealthHandler(IUpstreamHealth upstream) : IRequestHandler<GetHealthQuery, HealthReport>
{
    public async Task<HealthReport> Handle(GetHealthQuery request, CancellationToken cancellationToken)
    {
        var health = await upstream.CheckAsync(cancellationToken);
        return new HealthReport
        {
            Status = health.IsHealthy ? "healthy" : "unhealthy",
            Ollama = health.IsHealthy ? "connected" : null,
            Error = health.Fault,
            OllamaHost = upstream.DisplayAddress,
            Hosts = request.IsVerbose && upstream.ListHosts() is { } hosts ? [.. hosts.Select(host => HostReport.Of(host, request.Named))] : null,
        };
    }
}
