using LlamaGate.Domain.Conversations;

namespace LlamaGate.Application.Generation;

/// <summary>What a model reads in the place of a part that a tool returned and that it cannot be given.</summary>
internal static class LeftOutParts
{
    private static readonly TextPart File = new("[file: left out, since only texts and images can be read]");

    /// <param name="type">The part's, in either of OpenAI's dialects.</param>
    /// <returns>Null for a text, which is left out only if there is none.</returns>
    public static TextPart? FindNote(string type) => type switch
    {
        "image_url" or "input_image" => ImagePart.LeftOut,
        "text" or "input_text" or "output_text" => null,
        _ => File,
    };
}
