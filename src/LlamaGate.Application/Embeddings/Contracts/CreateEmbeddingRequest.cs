using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Generation.Contracts;

namespace LlamaGate.Application.Embeddings.Contracts;

/// <summary>OpenAI's body of <c>POST /v1/embeddings</c>. A member that is null was absent (or null, which OpenAI reads the same).</summary>
public sealed record CreateEmbeddingRequest
{
    /// <summary>The model, as Ollama lists it: <c>nomic-embed-text</c>. Required.</summary>
    public string? Model { get; set; }

    /// <summary>A string, or 1–2048 strings, none of them empty. Required. Token arrays are refused.</summary>
    public TextInput? Input { get; set; }

    /// <summary><c>float</c> (numbers, the default) or <c>base64</c> (little-endian single precision).</summary>
    public string? EncodingFormat { get; set; }

    /// <summary>Length of the vectors, 1 or more. Default and maximum: the model's.</summary>
    public int? Dimensions { get; set; }

    /// <summary>Ollama: how long the model stays loaded, seconds or a duration such as <c>"10m"</c>.</summary>
    public JsonElement? KeepAlive { get; set; }

    /// <summary>Ollama: further options such as <c>num_ctx</c>.</summary>
    public JsonElement? Options { get; set; }

    /// <summary>Accepted, no effect.</summary>
    public JsonElement? User { get; set; }

    /// <summary>All other members: ignored and listed in <c>X-LlamaGate-Ignored</c>.</summary>
    [JsonExtensionData]
    public IDictionary<string, JsonElement>? Unknown { get; set; }
}
