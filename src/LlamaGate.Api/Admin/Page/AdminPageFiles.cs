using LlamaGate.Api.WebPages;

namespace LlamaGate.Api.Admin.Page;

/// <summary>The files of the administration's page. They hold no secret and are the same for everybody.</summary>
internal static class AdminPageFiles
{
    public static WebFile Page { get; } = WebFile.Read("Admin/Page/index.html");

    private static readonly Dictionary<string, WebFile> Assets =
        new[] { "Admin/Page", "WebPages" }.SelectMany(WebFile.ReadAll).ToDictionary(file => file.Name, StringComparer.Ordinal);

    public static WebFile? FindAsset(string name) => name == Page.Name ? null : Assets.GetValueOrDefault(name);
}
