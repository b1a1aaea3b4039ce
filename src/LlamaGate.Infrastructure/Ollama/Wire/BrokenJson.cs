using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>What reading JSON from outside throws when the text is not what it should be.</summary>
internal static class BrokenJson
{
    /// <summary>
    /// Besides its own exception the serializer lets two of what it calls through, and .NET's reader runs out of its
    /// bounds on a broken literal that lies across two packets.
    /// </summary>
    public static bool Explains(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException;
}
