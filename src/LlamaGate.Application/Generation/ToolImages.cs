using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>
/// Places the images that tools return. Ollama shows a model the images of a user's message only, so they follow in one, behind the
/// last tool result of the turn: no result is parted from its call.
/// </summary>
internal static class ToolImages
{
    /// <summary>The same messages when no tool returned an image.</summary>
    public static List<Message> Place(List<Message> messages)
    {
        var first = messages.FindIndex(HasToolImage);
        if (first < 0)
        {
            return messages;
        }

        var placed = messages[..first];
        var images = new List<Part>();
        var end = first;
        foreach (var message in messages.Skip(first))
        {
            if (message.Role == MessageRole.Tool)
            {
                images.AddRange(message.Content.Where(part => part is ImagePart));
                placed.Add(message with { Content = [.. message.Content.Where(part => part is not ImagePart)] });
                end = placed.Count;
                continue;
            }

            // A system message may stand between two results of a turn.
            if (message.Role != MessageRole.System)
            {
                Insert(placed, end, images);
            }

            placed.Add(message);
        }

        Insert(placed, end, images);
        return placed;
    }

    private static void Insert(List<Message> placed, int at, List<Part> images)
    {
        if (images.Count > 0)
        {
            placed.Insert(at, new Message(MessageRole.User, [.. images]));
            images.Clear();
        }
    }

    private static bool HasToolImage(Message message)
    {
        if (message.Role != MessageRole.Tool)
        {
            return false;
        }

        foreach (var part in message.Content)
        {
            if (part is ImagePart)
            {
                return true;
            }
        }

        return false;
    }
}
