namespace LlamaGate.Application.Embeddings;

/// <summary>OpenAI's words for how vectors are written.</summary>
internal static class EncodingFormats
{
    public const string Float = "float";

    public const string Base64 = "base64";
}
