using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>What is looked at, and what the checks have learned so far for those that come after them.</summary>
internal sealed class DiagnosisContext
{
    /// <summary>The defaults where the configuration is not valid.</summary>
    public required GatewaySettings Settings { get; init; }

    public required IReadOnlyList<string> ConfigurationErrors { get; init; }

    /// <summary>The working directory, where <c>.env</c> is looked for first.</summary>
    public required string Directory { get; init; }

    /// <summary>The <c>.env</c> that counts; null when there is none.</summary>
    public string? EnvFile { get; init; }

    /// <summary>What is suspect in it, such as names that no setting has.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The root under which the gateway is called.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>Whether a person named that root; else it is the local one of the settings.</summary>
    public bool GatewayIsGiven { get; init; }

    public bool SkipsGeneration { get; init; }

    public required HttpClient Http { get; init; }

    /// <summary>For the gateway: the local one may show any certificate.</summary>
    public HttpClient GatewayHttp
    {
        get => field ?? Http;
        init;
    }

    public required OllamaProbe Ollama { get; init; }

    public required TimeProvider Clock { get; init; }

    public bool OllamaAnswers { get; set; }

    public string? OllamaVersion { get; set; }

    /// <summary>The smallest local model that can chat.</summary>
    public InstalledModel? Model { get; set; }

    /// <summary>Time to its first token when it is loaded; null until it has answered.</summary>
    public TimeSpan? WarmFirstToken { get; set; }

    /// <summary>Whether Ollama works on several requests at once; null when that is not known.</summary>
    public bool? IsParallel { get; set; }

    public bool GatewayAnswers { get; set; }

    /// <summary>Why a check with these needs cannot be made; null when it can.</summary>
    public string? WhyNot(Needs needs) => this switch
    {
        _ when needs.HasFlag(Needs.Configuration) && ConfigurationErrors.Count > 0 => "the configuration is not valid",
        _ when needs.HasFlag(Needs.Ollama) && !OllamaAnswers => "Ollama does not answer",
        _ when needs.HasFlag(Needs.Model) && Model is null => "Ollama has no local model that can chat",
        _ when needs.HasFlag(Needs.Generation) && SkipsGeneration => "--skip-generation was given",
        _ when needs.HasFlag(Needs.WarmModel) && WarmFirstToken is null => "the model gave no answer",
        _ when needs.HasFlag(Needs.Gateway) && !GatewayAnswers => "the gateway does not answer",
        _ => null,
    };
}
