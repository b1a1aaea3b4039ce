namespace LlamaGate.OllamaEmulator;

/// <summary>A model as <c>/api/tags</c>, <c>/api/ps</c> and <c>/api/show</c> describe it.</summary>
/// <param name="Name">Full name with tag, such as <c>tiny:latest</c>.</param>
/// <param name="Capabilities">Ollama's words: completion, tools, insert, vision, embedding, thinking.</param>
public sealed record EmulatedModel(string Name, IReadOnlyList<string> Capabilities)
{
    private static readonly string[] SingleSlotFamilies = ["qwen35", "qwen3vl", "lfm2"];

    /// <summary>RFC 3339 time, kept as text because Ollama writes nanoseconds.</summary>
    public string ModifiedAt { get; init; } = "2026-11-23T00:32:16.305790998Z";

    /// <summary>Size on disk in bytes.</summary>
    public long Size { get; init; } = 4_096_000;

    /// <summary>64 hexadecimal digits.</summary>
    public string Digest { get; init; } = Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Name)));

    /// <summary>The file with the weights. Names of the same blob share a runner.</summary>
    public string Blob { get; init; } = "sha256-" + Convert.ToHexStringLower(
        System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"weights of {Name}")));

    /// <summary>What a load takes where loads are scheduled; null takes <see cref="SchedulingOptions.LoadTime"/>.</summary>
    public TimeSpan? LoadTime { get; init; }

    public string Family { get; init; } = "llama";

    public string ParameterSize { get; init; } = "1.67M";

    public string QuantizationLevel { get; init; } = "unknown";

    /// <summary>Context window in tokens (the emulator counts a word as a token).</summary>
    public int ContextLength { get; init; } = 8192;

    /// <summary>Length of the model's vectors.</summary>
    public int EmbeddingLength { get; init; } = 512;

    /// <summary>Calls that its runner works on at once; embedding models and some families know only one.</summary>
    internal int Slots(int parallel) => Can("completion") && !SingleSlotFamilies.Contains(Family, StringComparer.Ordinal) ? parallel : 1;

    internal bool Can(string capability) => Capabilities.Contains(capability, StringComparer.Ordinal);
}
