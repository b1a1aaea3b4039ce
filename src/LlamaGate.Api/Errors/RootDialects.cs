using LlamaGate.Api.Paths;
using LlamaGate.Api.Routing;

namespace LlamaGate.Api.Errors;

/// <summary>
/// The errors of a request that reaches no endpoint: an unknown path, a wrong method, a request that the server could not read. An API
/// with a root of its own has a line here; everything else is OpenAI's.
/// </summary>
internal static class RootDialects
{
    private static readonly (PathString Root, IErrorDialect Errors)[] Roots =
    [
        (Routes.Native, OllamaErrorDialect.Instance),
        (Routes.Messages, AnthropicErrorDialect.Default),
    ];

    /// <param name="path">As it was sent: other spellings of a path belong to the same root.</param>
    /// <param name="headers">By which Anthropic's clients show themselves on a path that two APIs have.</param>
    public static IErrorDialect Of(string? path, IHeaderDictionary? headers)
    {
        var text = MeantPath.Of(path ?? "").Path;
        if (!text.StartsWith('/'))
        {
            return OpenAIErrorDialect.Default;
        }

        PathString meant = text;
        foreach (var (root, errors) in Roots)
        {
            if (meant.StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
            {
                return errors;
            }
        }

        return meant.StartsWithSegments(Routes.Models, StringComparison.OrdinalIgnoreCase)
            && headers?.ContainsKey(AnthropicErrorDialect.VersionHeader) is true
                ? AnthropicErrorDialect.Default
                : OpenAIErrorDialect.Default;
    }
}
