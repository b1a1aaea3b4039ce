using System.Text.Json;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>The exceptions that reading invalid JSON from outside can throw.</summary>
internal static class BrokenJson
{
    /// <summary>
    /// Besides its own exception, the serializer passes on two from the code it calls, and .NET's reader exceeds its
    /// bounds on a broken literal that spans two packets.
    /// </summary>
    public static bool Explains(Exception exception) =>
        exception is JsonException or InvalidOperationException or FormatException or IndexOutOfRangeException;
}
