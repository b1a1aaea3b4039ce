using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>Where to send and how to authenticate there.</summary>
internal sealed class OllamaAddress
{
    private readonly Uri _root;
    private readonly Func<AuthenticationHeaderValue?> _authorization;

    // A handful of paths, and each of their addresses is made once: to resolve one costs more than to send it.
    private readonly ConcurrentDictionary<string, Uri> _resolved = new(StringComparer.Ordinal);

    public OllamaAddress(OllamaOptions options)
    {
        var builder = new UriBuilder(options.Address) { UserName = "", Password = "", Query = "", Fragment = "" };
        // Without the slash, a path on the address would be replaced by the one that is resolved against it.
        builder.Path = builder.Path.TrimEnd('/') + "/";
        _root = builder.Uri;
        _authorization = options.Authorization;
    }

    public AuthenticationHeaderValue? Authorization => _authorization();

    /// <param name="path">One of the API's own: never a text from outside.</param>
    public Uri Resolve(string path) => _resolved.GetOrAdd(path, static (relative, root) => new Uri(root, relative), _root);
}
