using LlamaGate.Api.Configuration.Files;
using LlamaGate.Api.Product;
using LlamaGate.Application.Abstractions;

namespace LlamaGate.Api.Admin;

/// <summary>Made when the gateway starts, whose time it keeps.</summary>
internal sealed class GatewayFacts(IEnumerable<IConfigurationFileState> files, TimeProvider timeProvider) : IGatewayFacts
{
    private const string Hosts = "hosts";

    public string Version => ProductVersion.Text;

    public DateTimeOffset StartedAt { get; } = timeProvider.GetUtcNow();

    public string? HostsFault => files.FirstOrDefault(file => file.Name == Hosts)?.Fault;
}
