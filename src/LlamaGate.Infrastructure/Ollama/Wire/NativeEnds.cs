using System.Buffers;
using System.Text.Json;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>Finds the last line of a stream: the one that says it is done, or that it failed.</summary>
internal static class NativeEnds
{
    /// <summary>A search for two words, since it is done for every token; only what it finds is read.</summary>
    public static bool MayBeOne(ReadOnlySequence<byte> line)
    {
        if (!line.IsSingleSegment)
        {
            // Rare: the network cut it.
            return true;
        }

        var rest = line.FirstSpan;
        if (rest.IndexOf("\"error\""u8) >= 0)
        {
            return true;
        }

        while (rest.IndexOf("\"done\""u8) is >= 0 and var at)
        {
            rest = rest[(at + "\"done\""u8.Length)..].TrimStart(" \t:"u8);
            if (rest.StartsWith("t"u8))
            {
                return true;
            }
        }

        return false;
    }

    /// <exception cref="Domain.Errors.GatewayException">It is an error.</exception>
    /// <exception cref="JsonException">It is no JSON; see <see cref="BrokenJson"/> for what else is thrown then.</exception>
    public static OllamaGenerationAnswer Read(ReadOnlySequence<byte> json)
    {
        var members = default(OllamaGenerationAnswer);
        var reader = json.IsSingleSegment
            ? new Utf8JsonReader(json.FirstSpan, ContractSerialization.ReaderOptions)
            : new Utf8JsonReader(json, ContractSerialization.ReaderOptions);
        reader.Read();
        while (reader.Read() && reader.TokenType is JsonTokenType.PropertyName)
        {
            members.Read(ref reader);
        }

        return members;
    }
}
