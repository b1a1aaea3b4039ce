using System.Text.Json;

namespace LlamaGate.Api.Configuration.Files;

/// <summary>A JSON value with where it is in its file, so that a fault can name line and path.</summary>
/// <param name="Path">Like <c>hosts[1].url</c>; empty for the whole.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Raw">As it is written, with its comments.</param>
internal sealed record LocatedJson(string Path, int Line, JsonValueKind Kind, ReadOnlyMemory<byte> Raw)
{
    private static readonly JsonDocumentOptions Lenient = new()
    {
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
    };

    /// <summary>The members of an object, in their order; an array's items have no names.</summary>
    public IReadOnlyList<KeyValuePair<string, LocatedJson>> Members { get; init; } = [];

    public IReadOnlyList<LocatedJson> Items { get; init; } = [];

    public JsonElement ToElement()
    {
        using var document = JsonDocument.Parse(Raw, Lenient);
        return document.RootElement.Clone();
    }
}
