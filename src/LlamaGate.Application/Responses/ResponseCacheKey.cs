using LlamaGate.Application.Caching;
using LlamaGate.Application.Responses.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Responses;

/// <summary>
/// What makes two requests the same: every field but those known to have no effect on the answer. Fields that are only given back
/// with it (metadata, user …) are part of it.
/// </summary>
internal static class ResponseCacheKey
{
    /// <summary>Changes when answers of an older make must not be given any more.</summary>
    private const string Version = "responses:v1:";

    private static readonly ResponsesJsonContext Canonical = new(QuestionHash.CreateOptions());

    public static string Of(CreateResponseRequest request)
    {
        var question = request with
        {
            Options = request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : null,
            Stream = null,
            StreamOptions = null,
            ServiceTier = null,
            Store = null,
            Truncation = null,
            Background = null,
            Unknown = null,
        };
        return Version + QuestionHash.Of(question, Canonical.CreateResponseRequest);
    }

    public static long SizeOf(ResponseObject response) => AnswerSize.Of(response, ResponsesJsonContext.Instance.ResponseObject);
}
