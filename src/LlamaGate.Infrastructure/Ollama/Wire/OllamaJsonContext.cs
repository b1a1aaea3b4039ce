using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Infrastructure.Ollama.Wire;

/// <summary>Source-generated reading and writing of Ollama's native JSON, where it is not hand-written.</summary>
[JsonSerializable(typeof(IReadOnlyList<OllamaToolCall>))]
[JsonSerializable(typeof(IReadOnlyList<OllamaLogprob>))]
[JsonSerializable(typeof(OllamaEmbedResponse))]
[JsonSerializable(typeof(OllamaTags))]
[JsonSerializable(typeof(OllamaRunningModels))]
[JsonSerializable(typeof(OllamaVersion))]
[JsonSerializable(typeof(OllamaShowRequest))]
[JsonSerializable(typeof(OllamaShow))]
internal sealed partial class OllamaJsonContext : JsonSerializerContext
{
    public static OllamaJsonContext Instance { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = ContractSerialization.MaxDepth,
    });
}
