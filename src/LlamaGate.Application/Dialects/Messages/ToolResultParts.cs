using System.Text.Json;
using LlamaGate.Application.Dialects.Messages.Contracts;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Dialects.Messages;

/// <summary>
/// What a tool gave. Ollama shows a model the images of users' messages only, so a result refers to the next one. They stay in a
/// history for good: one that cannot be shown is left out, and never refused.
/// </summary>
internal sealed class ToolResultParts
{
    private static readonly TextPart Reference = new("[image: see the next message]");
    private static readonly TextPart Heading = new("Images of the tool results above:");

    private readonly List<Part> _images = [];

    public ToolResultParts(ContentBlock result)
    {
        // Not null: the validator lets no result without it pass.
        CallId = result.ToolUseId!;
        List<Part> texts = result.Content switch
        {
            { Text: { } text } => [new TextPart(text)],
            { Other: { } other } => [new TextPart(TextOf(other))],
            _ => [.. (result.Content?.Blocks ?? []).SelectMany(block => ToTexts(block!))],
        };
        Texts = result.IsError is true ? AsError(texts) : texts;
    }

    public string CallId { get; }

    public IReadOnlyList<Part> Texts { get; }

    /// <summary>The parts of the message that shows the images of several results; none when there are none.</summary>
    public static IEnumerable<Part> ImagesOf(IReadOnlyList<ToolResultParts> results)
    {
        var images = results.SelectMany(result => result._images).ToList();
        return images.Count == 0 ? [] : [Heading, .. images];
    }

    /// <summary>A text block without a list around it, or what a tool gave as JSON.</summary>
    private static string TextOf(JsonElement other) =>
        other.TryGetProperty("type", out var type) && type.ValueKind is JsonValueKind.String && type.ValueEquals(BlockTypes.Text)
        && other.TryGetProperty("text", out var text) && text.ValueKind is JsonValueKind.String
            ? text.GetString()!
            : other.GetRawText();

    private IEnumerable<Part> ToTexts(ContentBlock block) => block.Type switch
    {
        BlockTypes.Text => [new TextPart(block.Text!.Value)],
        BlockTypes.Image => [ToReference(block)],
        BlockTypes.Document or BlockTypes.SearchResult => MessageDocuments.TextsOf(block) ?? [new TextPart("[document: left out, since only texts can be read]")],
        BlockTypes.ToolReference => [new TextPart($"Tool {block.ToolName} is now available.")],
        _ => [],
    };

    private TextPart ToReference(ContentBlock block)
    {
        if (MessageImages.Fault(block.Source) is not null)
        {
            return ImagePart.LeftOut;
        }

        _images.Add(new ImagePart(block.Source!.Data!.Value) { IsOptional = true });
        return Reference;
    }

    private static List<Part> AsError(List<Part> texts) => texts is [TextPart first, .. var rest]
        ? [new TextPart("Error: " + first.Text), .. rest]
        : [new TextPart("Error: the tool failed.")];
}
