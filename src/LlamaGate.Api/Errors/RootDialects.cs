using LlamaGate.Api.Paths;

namespace LlamaGate.Api.Errors;

/// <summary>
/// Whose words a request gets that reaches no endpoint: an unknown path, a wrong method, a request that the server could not read. An API
/// with a root of its own has a line here; everything else is OpenAI's.
/// </summary>
internal static class RootDialects
{
    /// <summary>A root that lies within another stands before it.</summary>
    private static readonly (PathString Root, IErrorDialect Errors)[] Roots =
    [
        ("/api", OllamaErrorDialect.Instance),
    ];

    /// <param name="path">As it was sent: other spellings of a path belong to the same root.</param>
    public static IErrorDialect Of(string? path)
    {
        var meant = MeantPath.Of(path ?? "").Path;
        if (meant.StartsWith('/'))
        {
            foreach (var (root, errors) in Roots)
            {
                if (new PathString(meant).StartsWithSegments(root, StringComparison.OrdinalIgnoreCase))
                {
                    return errors;
                }
            }
        }

        return OpenAIErrorDialect.Default;
    }
}
