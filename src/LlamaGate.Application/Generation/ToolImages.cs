using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>
/// Places the images that tools return. Ollama passes only the images of user messages to a model, so they are sent in a user message
/// after the last tool result of the turn. Thus no result is separated from its call.
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

            // There may be a system message between two results of a turn.
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
