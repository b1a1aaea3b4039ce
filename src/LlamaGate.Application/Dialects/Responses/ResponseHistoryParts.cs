using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The parts of what a model said or a tool returned. They stay in a history for good: one that a model cannot be given is left out and
/// named, and never refused.
/// </summary>
internal static class ResponseHistoryParts
{
    /// <summary>Whose words an output is.</summary>
    public const string Tool = "tool";

    /// <summary>The name of a part that is left out; null for a part that is passed on, and for roles whose parts are checked.</summary>
    /// <param name="role">A message's, or <see cref="Tool"/>.</param>
    public static string? LeftOutName(string? role, ResponseContentPart? part) => part switch
    {
        _ when role is not (Tool or "assistant") => null,
        { Type: "input_text" or "output_text", Text: not null } => null,
        // As chats name it, and tools that come from there.
        { Type: "text", Text: not null } when role == Tool => null,
        { Type: "refusal", Refusal: not null } when role != Tool => null,
        { Type: "input_image" } when role == Tool && ImageDataUri.Fault(part.ImageUrl) is null => null,
        _ => part?.Type ?? "",
    };
}
