using LlamaGate.Domain.Models;
using LlamaGate.Domain.Scheduling;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The models that a host had when its list was read.</summary>
internal sealed class HostModels
{
    /// <summary>Ollama gives their runners one slot, whatever OLLAMA_NUM_PARALLEL says.</summary>
    private static readonly HashSet<string> OneSlotFamilies = new(StringComparer.OrdinalIgnoreCase)
    {
        "mllama", "qwen3vl", "qwen3vlmoe", "qwen35", "qwen35moe", "qwen3next", "lfm2", "lfm2moe", "nemotron_h", "nemotron_h_moe",
    };

    private readonly IReadOnlyDictionary<string, HostModel> _byName;

    /// <param name="readAt">A <see cref="TimeProvider"/> timestamp.</param>
    public HostModels(OllamaTags tags, long readAt)
    {
        ReadAt = readAt;
        All = [.. (tags.Models ?? []).OfType<OllamaTag>().Select(ToModel)];
        _byName = ModelNames.Index(All.Select(model => (model.Info.Name, model)));
        Hosted = All.DistinctBy(model => model.Key, StringComparer.Ordinal).ToDictionary(model => model.Key, ToHosted, StringComparer.Ordinal);
    }

    public long ReadAt { get; }

    /// <summary>In the host's order: newest first.</summary>
    public IReadOnlyList<HostModel> All { get; }

    /// <summary>The same as the scheduler sees them, by <see cref="HostModel.Key"/>.</summary>
    public IReadOnlyDictionary<string, HostedModel> Hosted { get; }

    /// <summary>The name by which a model is loaded here; null when the host does not have it.</summary>
    /// <param name="key">See <see cref="HostModel.Key"/>.</param>
    public string? NameOf(string key) => Hosted.GetValueOrDefault(key)?.Name;

    /// <summary>Null when the host does not have it.</summary>
    /// <param name="name">In any spelling.</param>
    public HostModel? Find(string name) => _byName.GetValueOrDefault(name);

    private static HostModel ToModel(OllamaTag tag) => new(
        new ModelInfo(tag.Name ?? "", tag.ModifiedAt)
        {
            ContextLength = tag.Details?.ContextLength,
            Capabilities = tag.Capabilities,
        },
        // What a cloud model's digest names is only where it runs.
        tag is { Digest: { Length: > 0 } digest, RemoteHost: null or "" } ? digest : null)
    {
        IsRemote = tag.RemoteHost is { Length: > 0 },
        Size = tag.Size,
        Family = tag.Details?.Family,
    };

    private static HostedModel ToHosted(HostModel model) => new(model.Info.Name, model.Size)
    {
        IsRemote = model.IsRemote,
        HasOneSlot = model.Family is { } family && OneSlotFamilies.Contains(family),
    };
}

/// <param name="Digest">Of its blob; null for a model that runs elsewhere, and when Ollama does not say.</param>
internal sealed record HostModel(ModelInfo Info, string? Digest)
{
    /// <summary>What a runner is of: the digest, or the name where there is none.</summary>
    public string Key { get; } = Digest ?? ModelName.Key(Info.Name);

    public bool IsRemote { get; init; }

    /// <summary>Of its file, in bytes.</summary>
    public long Size { get; init; }

    /// <summary>Of its architecture; null when Ollama does not say.</summary>
    public string? Family { get; init; }
}
