using System.Runtime.InteropServices;
using System.Text;

namespace LlamaGate.Domain.Conversations;

/// <summary>How much a model has to read: the texts of a conversation and its tools with their schemas, in bytes of UTF-8.</summary>
public static class PromptSize
{
    public static long Of(ChatPrompt prompt)
    {
        long bytes = 0;
        foreach (var message in prompt.Messages)
        {
            bytes += Of(message);
        }

        foreach (var tool in prompt.Tools)
        {
            bytes += Of(tool.Name) + Of(tool.Description)
                + (tool.Parameters is { } parameters ? JsonMarshal.GetRawUtf8Value(parameters).Length : 0);
        }

        return bytes;
    }

    /// <summary>Whether there is more to read than texts: an image's length says nothing of its tokens.</summary>
    public static bool HasImages(ChatPrompt prompt) => prompt.Messages.Any(message => message.Content.Any(part => part is ImagePart));

    private static long Of(Message message)
    {
        var bytes = Of(message.Thinking) + Of(message.ToolName);
        foreach (var part in message.Content)
        {
            bytes += part is TextPart text ? text.Text.Bytes.Length : 0;
        }

        foreach (var call in message.ToolCalls)
        {
            bytes += Of(call.Name) + Of(call.Arguments);
        }

        return bytes;
    }

    private static long Of(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
