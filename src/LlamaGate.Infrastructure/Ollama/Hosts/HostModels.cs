using LlamaGate.Domain.Models;
using LlamaGate.Infrastructure.Ollama.Wire;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>The models that a host had when its list was read.</summary>
internal sealed class HostModels
{
    private readonly IReadOnlyDictionary<string, HostModel> _byName;

    /// <param name="readAt">A <see cref="TimeProvider"/> timestamp.</param>
    public HostModels(OllamaTags tags, long readAt)
    {
        ReadAt = readAt;
        All = [.. (tags.Models ?? []).OfType<OllamaTag>().Select(ToModel)];
        _byName = ModelNames.Index(All.Select(model => (model.Info.Name, model)));
    }

    public long ReadAt { get; }

    /// <summary>In the host's order: newest first.</summary>
    public IReadOnlyList<HostModel> All { get; }

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
        tag is { Digest: { Length: > 0 } digest, RemoteHost: null or "" } ? digest : null);
}

/// <param name="Digest">Of its blob; null for a model that runs elsewhere, and when Ollama does not say.</param>
internal sealed record HostModel(ModelInfo Info, string? Digest);
