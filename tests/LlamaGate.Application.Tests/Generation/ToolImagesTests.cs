using LlamaGate.Application.Generation;
using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Tests.Generation;

public sealed class ToolImagesTests
{
    [Fact]
    public void Place_NoToolWithAnImage_IsTheSameList()
    {
        List<Message> messages =
        [
            new(MessageRole.User, [new ImagePart("u")]),
            new(MessageRole.Assistant, []),
            new(MessageRole.Tool, [new TextPart("r")]),
        ];

        Assert.Same(messages, ToolImages.Place(messages));
    }

    [Fact]
    public void Place_ImagesOfTwoResults_FollowTheLastOneInTheirOrder() => AssertPlaced(
        ["User: go", "Assistant: ", "Tool: one", "Tool: ", "Tool: three", "User: [1] [2] [3]", "Assistant: seen"],
        Say(MessageRole.User, "go"),
        Say(MessageRole.Assistant),
        Say(MessageRole.Tool, "[1]", "one", "[2]"),
        Say(MessageRole.Tool, "[3]"),
        Say(MessageRole.Tool, "three"),
        Say(MessageRole.Assistant, "seen"));

    [Fact]
    public void Place_AtTheEndOfTheHistory_IsTheLastMessage() =>
        AssertPlaced(["Tool: a", "User: [1]"], Say(MessageRole.Tool, "a", "[1]"));

    [Fact]
    public void Place_SeveralTurns_KeepTheirImagesApart() => AssertPlaced(
        ["Tool: a", "User: [1]", "Assistant: b", "Tool: ", "User: [2]", "User: c"],
        Say(MessageRole.Tool, "a", "[1]"),
        Say(MessageRole.Assistant, "b"),
        Say(MessageRole.Tool, "[2]"),
        Say(MessageRole.User, "c"));

    [Fact]
    public void Place_ASystemMessageBetweenResults_PartsNone() => AssertPlaced(
        ["Tool: a", "System: s", "Tool: b", "User: [1]", "System: t"],
        Say(MessageRole.Tool, "a", "[1]"),
        Say(MessageRole.System, "s"),
        Say(MessageRole.Tool, "b"),
        Say(MessageRole.System, "t"));

    private static Message Say(MessageRole role, params string[] parts) =>
        new(role, [.. parts.Select(part => part[0] == '[' ? (Part)new ImagePart(part) : new TextPart(part))]);

    private static void AssertPlaced(IEnumerable<string> expected, params List<Message> messages) => Assert.Equal(
        expected,
        ToolImages.Place(messages).Select(message => $"{message.Role}: {string.Join(' ', message.Content.Select(Text))}"),
        StringComparer.Ordinal);

    private static string Text(Part part) => part switch
    {
        TextPart text => text.Text.ToString(),
        ImagePart image => image.Base64.ToString(),
        _ => throw new ArgumentOutOfRangeException(nameof(part)),
    };
}
