using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;

namespace LlamaGate.Infrastructure.Ollama;

/// <summary>OLLAMA_HOST taken apart: where to send and how to authenticate there.</summary>
internal sealed class OllamaAddress
{
    private readonly Uri _root;

    // A handful of paths, and each of their addresses is made once: to resolve one costs more than to send it.
    private readonly ConcurrentDictionary<string, Uri> _resolved = new(StringComparer.Ordinal);

    public OllamaAddress(Uri address)
    {
        var builder = new UriBuilder(address) { UserName = "", Password = "", Query = "", Fragment = "" };
        // Without the slash, a path on the address would be replaced by the one that is resolved against it.
        builder.Path = builder.Path.TrimEnd('/') + "/";
        _root = builder.Uri;
        if (address.UserInfo.Length > 0)
        {
            // A name without a password has an empty one: the colon belongs to the scheme.
            var pair = address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo : address.UserInfo + ":";
            var credentials = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(pair));
            Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(credentials));
        }
    }

    public AuthenticationHeaderValue? Authorization { get; }

    /// <param name="path">One of the API's own: never a text from outside.</param>
    public Uri Resolve(string path) => _resolved.GetOrAdd(path, static (relative, root) => new Uri(root, relative), _root);
}
