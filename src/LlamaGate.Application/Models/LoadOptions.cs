namespace LlamaGate.Application.Models;

/// <summary>
/// What decides how Ollama loads a model. A call with another value than the loaded model's makes Ollama load it again, for everybody.
/// </summary>
internal static class LoadOptions
{
    /// <summary>In <c>options</c>, with those that only older versions of Ollama read.</summary>
    private static readonly HashSet<string> Names = new(StringComparer.Ordinal)
    {
        "num_ctx", "num_batch", "num_gpu", "main_gpu", "use_mmap", "num_thread", "draft_num_predict",
        "num_gqa", "low_vram", "f16_kv", "logits_all", "vocab_only", "use_mlock", "embedding_only", "numa",
        "rope_frequency_base", "rope_frequency_scale",
    };

    /// <summary>Ollama looks for the exact name.</summary>
    public static bool Contains(string name) => Names.Contains(name);
}
