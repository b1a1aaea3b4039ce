namespace LlamaGate.OllamaEmulator.Wire;

/// <summary>Ollama refuses the request: a status and the text of <c>{"error":"…"}</c>.</summary>
internal sealed class OllamaRefusal(int status, string error) : Exception(error)
{
    public int Status { get; } = status;
}
