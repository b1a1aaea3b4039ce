namespace LlamaGate.Application.Generation.Contracts;

internal static class SystemFingerprints
{
    /// <summary>The same as Ollama's own layer says.</summary>
    public const string Ollama = "fp_ollama";
}
