using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Generation.Contracts;

/// <summary>OpenAI's <c>stream_options</c>.</summary>
public sealed record StreamOptions
{
    /// <summary>Send the token counts in a last chunk of their own.</summary>
    public bool? IncludeUsage { get; set; }

    /// <summary>Everything else, tolerated and named in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
