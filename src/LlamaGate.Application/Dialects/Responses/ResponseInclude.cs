using LlamaGate.Application.Dialects.Responses.Contracts;

namespace LlamaGate.Application.Dialects.Responses;

/// <summary>The words of <c>include</c> that have an effect.</summary>
internal static class ResponseInclude
{
    public const string Logprobs = "message.output_text.logprobs";
    public const string Thoughts = "reasoning.encrypted_content";

    public static bool Has(CreateResponseRequest request, string word) =>
        request.Include?.Contains(word, StringComparer.Ordinal) is true;
}
