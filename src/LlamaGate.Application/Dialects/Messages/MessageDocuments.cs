using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>Documents and search results, as texts: their title first.</summary>
internal static class MessageDocuments
{
    /// <summary>Null for a file, which the gateway cannot read.</summary>
    public static IReadOnlyList<Part>? TextsOf(ContentBlock block)
    {
        var texts = block switch
        {
            { Type: BlockTypes.SearchResult } => TextsOf(block.Content),
            { Source: { Type: "text", Data: { } text } } => [new TextPart(text)],
            { Source: { Type: "content", Content: { } content } } => TextsOf(content),
            _ => null,
        };
        return texts is null || string.IsNullOrEmpty(block.Title) ? texts : [new TextPart(block.Title), .. texts];
    }

    private static IReadOnlyList<Part> TextsOf(MessageText? content) => content switch
    {
        { Text: { } text } => [new TextPart(text)],
        _ => [.. (content?.Blocks ?? []).Where(part => part is { Type: BlockTypes.Text, Text: not null }).Select(part => new TextPart(part!.Text!.Value))],
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
