using LlamaGate.Application.Models;

namespace LlamaGate.Api.Configuration.Hosts;

/// <summary>A valid HOSTS_FILE.</summary>
/// <param name="Hosts">At least one, with unique names.</param>
/// <param name="Models">What holds for models, in the order of the file.</param>
internal sealed record HostsFileContent(IReadOnlyList<ConfiguredHost> Hosts, IReadOnlyList<ConfiguredModel> Models)
{
    /// <summary>The rules as Ollama's options, where they have any.</summary>
    public required ModelOptions Options { get; init; }
}
