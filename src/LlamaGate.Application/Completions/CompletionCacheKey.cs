using LlamaGate.Application.Caching;
using LlamaGate.Application.Completions.Contracts;
using LlamaGate.Application.Serialization;

namespace LlamaGate.Application.Completions;

/// <summary>What makes two requests for completions the same question: every field but those known to have no effect on the answer.</summary>
internal static class CompletionCacheKey
{
    /// <summary>Changes when answers of an older make must not be given any more.</summary>
    private const string Version = "completion:v1:";

    private static readonly CompletionsJsonContext Canonical = new(QuestionHash.CreateOptions());

    public static string Of(CreateCompletionRequest request)
    {
        var question = request with
        {
            N = request.N ?? 1,
            BestOf = request.BestOf ?? request.N ?? 1,
            Echo = request.Echo is true,
            Options = request.Options is { } options ? CanonicalJsonConverter.SortMembers(options) : null,
            Stream = null,
            StreamOptions = null,
            User = null,
            Unknown = null,
        };
        return Version + QuestionHash.Of(question, Canonical.CreateCompletionRequest);
    }

    public static long SizeOf(Completion completion) => AnswerSize.Of(completion, CompletionsJsonContext.Instance.Completion);
}
