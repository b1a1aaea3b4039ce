using LlamaGate.Application.Dialects.ChatCompletions.Contracts;
using LlamaGate.Application.Generation;

namespace LlamaGate.Application.Dialects.ChatCompletions;

/// <summary>
/// The parts of what a model said or a tool returned. They stay in a history for good: one that a model cannot be given is left out and
/// named, and never refused.
/// </summary>
internal static class ChatHistoryParts
{
    /// <summary>The name of a part that is left out; null for a part that is passed on, and for roles whose parts are checked.</summary>
    public static string? LeftOutName(string role, MessageContentPart? part)
    {
        var ofTool = role is "tool" or "function";
        return part switch
        {
            _ when !ofTool && role != "assistant" => null,
            { Type: "text", Text: not null } => null,
            { Type: "refusal", Refusal: not null } when !ofTool => null,
            { Type: "image_url" } when ofTool && ImageDataUri.Fault(part.ImageUrl?.Url) is null => null,
            _ => part?.Type ?? "",
        };
    }
}
