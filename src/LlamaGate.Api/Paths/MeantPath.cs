namespace LlamaGate.Api.Paths;

/// <summary>Resolves the many ways in which people and clients write a path.</summary>
/// <param name="Path">The route's own path, or the given one if it has no other meaning.</param>
/// <param name="Deployment">The model, where Azure's clients name it in the path.</param>
internal readonly record struct MeantPath(string Path, string? Deployment = null)
{
    private const string Version = "/v1";
    private const string Azure = "/openai";
    private const string Deployments = "/deployments/";

    private static readonly string[] Resources = ["/chat", "/completions", "/embeddings", "/messages", "/models", "/responses"];

    /// <summary>A longer one comes before its own suffix.</summary>
    private static readonly string[] OfDeployments = ["/chat/completions", "/completions", "/embeddings"];

    /// <returns>The same text if there is nothing to change.</returns>
    public static MeantPath Of(string path)
    {
        if (IsPlain(path))
        {
            return new MeantPath(path);
        }

        var given = WithoutDoubledSlashes(path);
        var rest = given;
        var isAzures = false;
        while (true)
        {
            if (StartsWithSegment(rest, Version))
            {
                rest = rest[Version.Length..];
            }
            else if (StartsWithSegment(rest, Azure))
            {
                rest = rest[Azure.Length..];
                isAzures = true;
            }
            else
            {
                break;
            }
        }

        return (isAzures ? OfDeployment(rest) : null)
            ?? new MeantPath(Array.Exists(Resources, resource => StartsWithSegment(rest, resource)) ? Version + rest : given);
    }

    /// <summary>Doubled slashes count as one, anywhere.</summary>
    public static string WithoutDoubledSlashes(string path)
    {
        while (path.Contains("//", StringComparison.Ordinal))
        {
            path = path.Replace("//", "/", StringComparison.Ordinal);
        }

        return path;
    }

    /// <summary>The form of nearly all requests.</summary>
    private static bool IsPlain(string path) =>
        path.StartsWith("/v1/", StringComparison.Ordinal)
        && !path.AsSpan(Version.Length).StartsWith(Version, StringComparison.OrdinalIgnoreCase)
        && !path.AsSpan(Version.Length).StartsWith(Azure, StringComparison.OrdinalIgnoreCase)
        && !path.Contains("//", StringComparison.Ordinal);

    private static bool StartsWithSegment(string path, string segment) =>
        path.StartsWith(segment, StringComparison.OrdinalIgnoreCase)
        && (path.Length == segment.Length || path[segment.Length] == '/');

    /// <summary>A name can contain slashes, plain or escaped, as in <c>hf.co/user/model</c>.</summary>
    private static MeantPath? OfDeployment(string rest)
    {
        if (!rest.StartsWith(Deployments, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var path = rest.EndsWith('/') ? rest[..^1] : rest;
        var operation = Array.Find(OfDeployments, known => path.EndsWith(known, StringComparison.OrdinalIgnoreCase));
        var end = path.Length - (operation?.Length ?? path.Length);
        return end > Deployments.Length
            ? new MeantPath(Version + operation, Uri.UnescapeDataString(path[Deployments.Length..end]))
            : null;
    }
}
