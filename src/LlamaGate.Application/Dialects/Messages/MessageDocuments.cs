using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Documents and search results, as texts and images: their title first.</summary>
internal static class MessageDocuments
{
    /// <summary>Null for a file, which the gateway cannot read.</summary>
    public static IReadOnlyList<Part>? PartsOf(ContentBlock block)
    {
        var parts = block switch
        {
            { Type: BlockTypes.SearchResult } => PartsOf(block.Content),
            { Source: { Type: "text", Data: { } text } } => [new TextPart(text)],
            { Source: { Type: "content", Content: { } content } } => PartsOf(content),
            _ => null,
        };
        return parts is null || string.IsNullOrEmpty(block.Title) ? parts : [new TextPart(block.Title), .. parts];
    }

    /// <summary>The same without images.</summary>
    public static IReadOnlyList<Part>? TextsOf(ContentBlock block) => PartsOf(block) is { } parts ? [.. parts.OfType<TextPart>()] : null;

    /// <summary>The blocks that a document is made of.</summary>
    public static IReadOnlyList<ContentBlock?> BlocksOf(ContentBlock document) =>
        document is { Type: BlockTypes.Document, Source: { Type: "content", Content.Blocks: { } blocks } } ? blocks : [];

    private static IReadOnlyList<Part> PartsOf(MessageText? content) => content switch
    {
        { Text: { } text } => [new TextPart(text)],
        _ => [.. (content?.Blocks ?? []).Select(ToPart).OfType<Part>()],
    };

    private static Part? ToPart(ContentBlock? block) => block switch
    {
        { Type: BlockTypes.Text, Text: { } text } => new TextPart(text),
        { Type: BlockTypes.Image } when MessageImages.Fault(block.Source) is null => new ImagePart(block.Source!.Data!.Value),
        _ => null,
    };
}

/// <summary>Images, by their first bytes.</summary>
internal static class MessageImages
{
    /// <summary>Why an image cannot be passed on, or null when it can.</summary>
    public static string? Fault(BlockSource? source) => source is { Type: "base64", Data: { } data }
        ? ImageDataUri.DataFault(data)
        : "An image's source must be of type base64; the gateway fetches no URLs and stores no files.";
}
