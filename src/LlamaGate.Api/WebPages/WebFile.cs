using System.Security.Cryptography;

namespace LlamaGate.Api.WebPages;

/// <summary>A file of a page, as it travels inside the assembly.</summary>
internal sealed class WebFile
{
    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".svg"] = "image/svg+xml; charset=utf-8",
    };

    /// <param name="name">Its extension tells the content type.</param>
    /// <param name="content">The bytes to send.</param>
    public WebFile(string name, byte[] content)
    {
        Name = name;
        Content = content;
        ContentType = ContentTypes[Path.GetExtension(name)];
        ETag = $"\"{Convert.ToHexStringLower(SHA256.HashData(content)[..12])}\"";
    }

    public string Name { get; }

    public byte[] Content { get; }

    public string ContentType { get; }

    /// <summary>In quotes; another one for other bytes.</summary>
    public string ETag { get; }

    /// <param name="path">Its path below the project, with forward slashes.</param>
    public static WebFile Read(string path)
    {
        using var resource = typeof(WebFile).Assembly.GetManifestResourceStream(path)
            ?? throw new InvalidOperationException($"{path} is not embedded.");
        using var content = new MemoryStream();
        resource.CopyTo(content);
        return new WebFile(Path.GetFileName(path), content.ToArray());
    }

    /// <summary>The files of a folder that a page may load, by their names.</summary>
    /// <param name="folder">Below the project, with forward slashes and without one at its end.</param>
    public static IEnumerable<WebFile> ReadAll(string folder) =>
        from name in typeof(WebFile).Assembly.GetManifestResourceNames()
        where name.StartsWith($"{folder}/", StringComparison.Ordinal)
        select Read(name);
}
