using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Health.Contracts;
using MediatR;

namespace LlamaGate.Application.Health;

/// <summary>Whether the gateway can reach its upstream. It has no body, so there is nothing to validate.</summary>
public sealed record GetHealthQuery : IRequest<HealthReport>;

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
        };
    }
}
