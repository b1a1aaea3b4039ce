using System.Text.Json;
using LlamaGate.Application.Generation.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Generation;

/// <summary>The members of <c>stream_options</c> that have no effect here.</summary>
internal static class StreamIgnoredFields
{
    private const string Obfuscation = "include_obfuscation";

    public static void Add(IgnoredFieldNames ignored, StreamOptions? options)
    {
        if (options?.Unknown is { } unknown)
        {
            Add(ignored, unknown);
        }
    }

    /// <param name="unknown">The members that have no meaning in this dialect.</param>
    public static void Add(IgnoredFieldNames ignored, IDictionary<string, JsonElement> unknown)
    {
        // The gateway never pads streams, so false is already honoured.
        if (unknown.TryGetValue(Obfuscation, out var obfuscation) && obfuscation.ValueKind == JsonValueKind.False)
        {
            ignored.AddUnknown(unknown, "stream_options.", Obfuscation);
            return;
        }

        ignored.AddUnknown(unknown, "stream_options.");
    }
}
