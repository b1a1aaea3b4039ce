using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>OpenAI's <c>stream_options</c>.</summary>
public sealed record StreamOptions
{
    /// <summary>Send the token counts in an additional last chunk.</summary>
    public bool? IncludeUsage { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
