using LlamaGate.Api.Paths;
using LlamaGate.Domain.Errors;

namespace LlamaGate.Api.Errors;

/// <summary>Finds the route that a mistyped path probably means.</summary>
internal static class NearestRoute
{
    private const string Version = "/v1";

    /// <summary>Longer paths are not typing errors, and comparing them would be expensive.</summary>
    private const int MaxPathLength = 128;

    /// <summary>One wrong letter is allowed per this many letters.</summary>
    private const int LettersPerSlip = 5;

    private static readonly Dictionary<string, string> OfOllama = new(StringComparer.Ordinal)
    {
        ["/api/chat"] = "/v1/chat/completions",
        ["/api/generate"] = "/v1/completions",
        ["/api/embed"] = "/v1/embeddings",
        ["/api/embeddings"] = "/v1/embeddings",
        ["/api/tags"] = "/v1/models",
        ["/api/show"] = "/v1/models",
        ["/api/ps"] = "/v1/models",
        ["/api/version"] = "/health",
    };

    public static string? To(string path, IEnumerable<string> routes)
    {
        var written = MeantPath.WithoutDoubledSlashes(path).TrimEnd('/').ToLowerInvariant();
        if (written.Length is 0 or > MaxPathLength)
        {
            return null;
        }

        var all = routes.Distinct(StringComparer.Ordinal).ToList();
        return OfOllama.GetValueOrDefault(written)
            ?? all.Where(route => written.EndsWith(TailOf(route), StringComparison.Ordinal)).MaxBy(route => route.Length)
            ?? all.Where(route => IsPartOf(written, route)).MinBy(route => route.Length)
            ?? all.Where(route => IsPartOf(route, written)).MaxBy(route => route.Length)
            ?? Likest(written, all);
    }

    private static string TailOf(string route) =>
        route.StartsWith(Version + "/", StringComparison.Ordinal) ? route[Version.Length..] : route;

    /// <summary>Whole segments, and more than the version alone.</summary>
    private static bool IsPartOf(string part, string whole) =>
        part.Length > Version.Length && part.Length < whole.Length
        && whole.StartsWith(part, StringComparison.Ordinal) && whole[part.Length] == '/';

    private static string? Likest(string written, List<string> routes)
    {
        var (route, distance) = routes.Select(route => (route, EditDistance.Between(written, route))).MinBy(pair => pair.Item2);
        return distance <= written.Length / LettersPerSlip ? route : null;
    }
}
