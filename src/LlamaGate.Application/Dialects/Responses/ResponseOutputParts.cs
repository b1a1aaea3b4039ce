using LlamaGate.Application.Dialects.Responses.Contracts;
using LlamaGate.Application.Generation;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>
/// The parts of what a tool gave. They stay in a history for good: one that a model cannot be told is left out and named, and never refused.
/// </summary>
internal static class ResponseOutputParts
{
    /// <summary>The name of a part that is left out; null for a part that is passed on.</summary>
    public static string? LeftOutName(ResponseContentPart? part) => part switch
    {
        { Type: "input_file" or "input_audio" } => part.Type,
        { Type: "input_image" } when ImageDataUri.Fault(part.ImageUrl) is not null => part.Type,
        _ => null,
    };
}
