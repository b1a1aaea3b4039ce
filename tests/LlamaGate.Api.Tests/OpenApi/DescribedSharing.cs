using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.Tests.OpenApi;

/// <summary>The described gateway with a host that its callers share.</summary>
public sealed class DescribedSharing : DescribedGateway
{
    private protected override GatewaySettings Change(GatewaySettings settings) =>
        settings with { Scheduler = settings.Scheduler with { Slots = 1 } };
}
