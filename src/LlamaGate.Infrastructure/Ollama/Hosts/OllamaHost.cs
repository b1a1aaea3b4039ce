using System.Collections.Concurrent;
using System.Net.Http.Headers;

namespace LlamaGate.Infrastructure.Ollama.Hosts;

/// <summary>An Ollama server: where it is and how to authenticate there.</summary>
internal sealed class OllamaHost
{
    // The addresses of the few paths are created once: resolving one costs more than sending it.
    private readonly ConcurrentDictionary<string, Uri> _resolved = new(StringComparer.Ordinal);

    private volatile OllamaHostOptions _options;

    public OllamaHost(OllamaHostOptions options)
    {
        var builder = new UriBuilder(options.Address) { UserName = "", Password = "", Query = "", Fragment = "" };
        // Without the slash, resolving a path would replace the address's own path.
        builder.Path = builder.Path.TrimEnd('/') + "/";
        Address = builder.Uri;
        _options = options;
    }

    public string Name => _options.Name;

    /// <summary>Without credentials; the path ends in a slash.</summary>
    public Uri Address { get; }

    /// <summary>The address without credentials, for display.</summary>
    public string DisplayAddress => _options.DisplayAddress;

    /// <summary>Read for each call, since it may change while the gateway runs.</summary>
    public AuthenticationHeaderValue? Authorization => _options.Authorization();

    /// <summary>Replaced by those of the same host (<see cref="OllamaHostOptions.IsSameHost"/>) while calls run.</summary>
    public OllamaHostOptions Options
    {
        get => _options;
        set => _options = value;
    }

    /// <param name="path">One of the API's own paths: never a text from outside.</param>
    /// <param name="item">The path behind it; the caller validates it.</param>
    public Uri Resolve(string path, string? item) => item is null ? Resolve(path) : new Uri(Address, $"{path}/{item}");

    /// <param name="path">One of the API's own: never a text from outside.</param>
    public Uri Resolve(string path) =>
        _resolved.GetOrAdd(path, static (relative, address) => new Uri(address, relative), Address);
}
