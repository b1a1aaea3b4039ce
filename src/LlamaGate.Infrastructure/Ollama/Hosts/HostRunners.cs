using System.Globalization;
using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The models that a host had loaded when it was asked.</summary>
internal sealed class HostRunners
{
    private readonly IReadOnlyDictionary<string, HostRunner> _byName;

    /// <param name="requestedAt">When the list was requested: a <see cref="TimeProvider"/> timestamp.</param>
    /// <param name="now">The same moment by the host's clock, which need not be the gateway's.</param>
    public HostRunners(OllamaRunningModels running, long requestedAt, DateTimeOffset now)
    {
        RequestedAt = requestedAt;
        All = [.. (running.Models ?? []).OfType<OllamaRunningModel>().Select(model => ToRunner(model, now))];
        _byName = ModelNames.Index(All.Select(runner => (runner.Name, runner)));
    }

    public long RequestedAt { get; }

    public IReadOnlyList<HostRunner> All { get; }

    /// <summary>Null when the model is not loaded.</summary>
    /// <param name="name">In any spelling.</param>
    /// <param name="digest">Of the model; a blob that is loaded is listed under one of its names only.</param>
    public HostRunner? Find(string name, string? digest) => _byName.GetValueOrDefault(name)
        ?? (digest is null ? null : All.FirstOrDefault(runner => runner.Digest == digest));

    private static HostRunner ToRunner(OllamaRunningModel model, DateTimeOffset now) => new(
        model.Name ?? "",
        model.Digest,
        model.ContextLength,
        DateTimeOffset.TryParse(model.ExpiresAt, CultureInfo.InvariantCulture, DateTimeStyles.None, out var expires) ? expires : null)
    {
        ListedAt = now,
        Size = model.Size,
        VideoMemory = model.SizeVram,
    };
}

/// <param name="ContextLength">In tokens; null when Ollama does not say.</param>
/// <param name="ExpiresAt">When it is unloaded if nobody uses it, by the host's clock; null when Ollama does not say.</param>
internal sealed record HostRunner(string Name, string? Digest, int? ContextLength, DateTimeOffset? ExpiresAt)
{
    /// <summary>What it is of: see <see cref="HostModel.Key"/>.</summary>
    public string Key { get; } = Digest ?? ModelName.Key(Name);

    /// <summary>When the host listed it, by the host's clock.</summary>
    public required DateTimeOffset ListedAt { get; init; }

    /// <summary>From the listing until it is unloaded if nobody uses it; null when Ollama does not say.</summary>
    public TimeSpan? ExpiresIn => ExpiresAt is not { } at ? null : at > ListedAt ? at - ListedAt : TimeSpan.Zero;

    /// <summary>In memory, in bytes; null when Ollama does not say.</summary>
    public long? Size { get; init; }

    /// <summary>The part of <see cref="Size"/> in the GPU's memory; null when Ollama does not say.</summary>
    public long? VideoMemory { get; init; }
}
