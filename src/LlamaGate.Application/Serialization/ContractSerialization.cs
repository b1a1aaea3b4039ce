using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace LlamaGate.Application.Serialization;

/// <summary>How OpenAI's JSON is read and written here: one set of options for every contract.</summary>
/// <remarks>
/// The members of requests have <c>set</c> instead of <c>init</c>: for <c>init</c> the generated reader boxes all members of a type
/// before it creates the object, which took longer than the rest of the reading. Do not set them afterwards.
/// </remarks>
public static class ContractSerialization
{
    /// <summary>
    /// Levels of objects and arrays within each other that are read: more than any schema has, and few enough for a method that calls itself
    /// for each of them.
    /// </summary>
    public const int MaxDepth = 512;

    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>For hand-written JSON that is known to be well-formed.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = Encoder,
        SkipValidation = true,
    };

    /// <summary>
    /// The answers are JSON and never HTML: characters are written as UTF-8, not as \u escapes (except those beyond the basic plane, which
    /// every .NET encoder escapes).
    /// </summary>
    public static JavaScriptEncoder Encoder => JavaScriptEncoder.UnsafeRelaxedJsonEscaping;

    public static JsonSerializerOptions CreateOptions() => new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = Encoder,
        MaxDepth = MaxDepth,
        Converters = { new RawJsonConverter(), new WholeNumberConverter(), new LongNumberConverter() },
    };
}
