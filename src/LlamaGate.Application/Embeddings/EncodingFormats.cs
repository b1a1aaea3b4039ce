namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's names for the encodings of vectors.</summary>
internal static class EncodingFormats
{
    public const string Float = "float";

    public const string Base64 = "base64";
}
