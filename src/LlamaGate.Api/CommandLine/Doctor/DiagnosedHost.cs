using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration.Hosts;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>A host, and what the checks have found out about it.</summary>
/// <param name="configured">As configured.</param>
/// <param name="ollama">Calls it.</param>
/// <param name="setting">Where its address is set, for advice.</param>
internal sealed class DiagnosedHost(ConfiguredHost configured, OllamaProbe ollama, string setting)
{
    public ConfiguredHost Configured => configured;

    public OllamaProbe Ollama => ollama;

    public string Setting => setting;

    public bool Answers { get; set; }

    public string? Version { get; set; }

    /// <summary>Null until they were listed.</summary>
    public IReadOnlyList<InstalledModel>? Models { get; set; }

    /// <summary>The smallest local model that can chat.</summary>
    public InstalledModel? Model { get; set; }
}
