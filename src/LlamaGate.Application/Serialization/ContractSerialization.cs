using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>How OpenAI's JSON is read and written here: one set of options for every contract.</summary>
public static class ContractSerialization
{
    public static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        // The answers are JSON and never HTML: characters travel as UTF-8 and not as \u escapes (but for those beyond the basic
        // plane, which no encoder of .NET leaves alone).
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new RawJsonConverter() },
    };
}
