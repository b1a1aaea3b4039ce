namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>The content types as Ollama spells them.</summary>
internal static class ContentTypes
{
    public const string Json = "application/json; charset=utf-8";
    public const string NdJson = "application/x-ndjson";
    public const string Text = "text/plain; charset=utf-8";
    public const string BareText = "text/plain";
}
