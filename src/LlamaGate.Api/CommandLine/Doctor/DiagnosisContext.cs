using LlamaGate.Api.CommandLine.Doctor.Upstream;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;
using LlamaGate.Application.Models;

namespace LlamaGate.Api.CommandLine.Doctor;

/// <summary>The subject of the checks, and the results that later checks need.</summary>
internal sealed class DiagnosisContext
{
    /// <summary>The defaults if the configuration is not valid.</summary>
    public required GatewaySettings Settings { get; init; }

    public required IReadOnlyList<string> ConfigurationErrors { get; init; }

    /// <summary>The working directory, the first place to look for <c>.env</c>.</summary>
    public required string Directory { get; init; }

    /// <summary>The <c>.env</c> that is used; null when there is none.</summary>
    public string? EnvFile { get; init; }

    /// <summary>Its warnings, such as unknown names.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The root under which the gateway is called.</summary>
    public required Uri Gateway { get; init; }

    /// <summary>Whether the user specified that root; otherwise it is the local one from the settings.</summary>
    public bool GatewayIsGiven { get; init; }

    public bool SkipsGeneration { get; init; }

    public required HttpClient Http { get; init; }

    /// <summary>For calls to the gateway: the local one may present any certificate.</summary>
    public HttpClient GatewayHttp
    {
        get => field ?? Http;
        init;
    }

    /// <summary>All hosts, at least one.</summary>
    public required IReadOnlyList<DiagnosedHost> Hosts { get; init; }

    /// <summary>The one that is checked now.</summary>
    public DiagnosedHost Host
    {
        get => field ?? Hosts[0];
        set;
    }

    /// <summary>The options of models, of HOSTS_FILE and of MODEL_OPTIONS, by the setting that has them.</summary>
    public IReadOnlyList<(string Setting, ModelOptions Options)> ModelOptions { get; init; } = [];

    public required TimeProvider Clock { get; init; }

    /// <summary>What REDIS_URL's server says of itself; null until it has answered.</summary>
    public RedisFacts? Redis { get; set; }

    public OllamaProbe Ollama => Host.Ollama;

    public bool OllamaAnswers
    {
        get => Host.Answers;
        set => Host.Answers = value;
    }

    public string? OllamaVersion
    {
        get => Host.Version;
        set => Host.Version = value;
    }

    /// <summary>The smallest local model that can chat.</summary>
    public InstalledModel? Model
    {
        get => Host.Model;
        set => Host.Model = value;
    }

    /// <summary>Time to its first token when it is loaded; null until it has answered.</summary>
    public TimeSpan? WarmFirstToken { get; set; }

    /// <summary>Whether Ollama processes several requests concurrently; null when unknown.</summary>
    public bool? IsParallel { get; set; }

    public bool GatewayAnswers { get; set; }

    /// <summary>For a check that measures one host: the first that has a model, else the first that answers.</summary>
    public void ChooseHost() =>
        Host = Hosts.FirstOrDefault(host => host.Model is not null) ?? Hosts.FirstOrDefault(host => host.Answers) ?? Hosts[0];

    /// <summary>Whether the gateway requires a key that these settings do not contain.</summary>
    private bool HasNoKey => Settings.AuthenticationEnabled && Settings.ApiKey.Length == 0;

    /// <summary>Why a check with these needs cannot run; null when it can.</summary>
    public string? WhyNot(Needs needs) => this switch
    {
        _ when needs.HasFlag(Needs.Configuration) && ConfigurationErrors.Count > 0 => "the configuration is not valid",
        _ when needs.HasFlag(Needs.Ollama) && !OllamaAnswers => "Ollama does not answer",
        _ when needs.HasFlag(Needs.Model) && Model is null => "Ollama has no local model that can chat",
        _ when needs.HasFlag(Needs.Generation) && SkipsGeneration => "--skip-generation was given",
        _ when needs.HasFlag(Needs.WarmModel) && WarmFirstToken is null => "the model gave no answer",
        _ when needs.HasFlag(Needs.Gateway) && !GatewayAnswers => "the gateway does not answer",
        _ when needs.HasFlag(Needs.Key) && HasNoKey => "KEYS_FILE contains only hashes, so there is no key to call with; set API_KEY too",
        _ => null,
    };
}
