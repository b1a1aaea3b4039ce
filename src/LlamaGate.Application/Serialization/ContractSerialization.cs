using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>How OpenAI's JSON is read and written here: one set of options for every contract.</summary>
/// <remarks>
/// The members of requests have <c>set</c> and not <c>init</c>: for <c>init</c> the generated reader gathers all members of a type in
/// boxes before it makes the object, which took longer than all the rest of the reading. Nobody sets them afterwards.
/// </remarks>
public static class ContractSerialization
{
    /// <summary>For writers by hand, of what is known to be well-formed.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

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
