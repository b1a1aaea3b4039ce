using System.Text;
using LlamaGate.Api.WebPages;

namespace LlamaGate.Api.Landing;

/// <summary>The files of the landing page. It names no model and no key.</summary>
internal static class LandingFiles
{
    private const string Begin = "<!-- admin -->";
    private const string End = "<!-- /admin -->";

    private static readonly WebFile WithAdmin = WebFile.Read("Landing/landing.html");
    private static readonly WebFile WithoutAdmin = Without(WithAdmin);

    private static readonly Dictionary<string, WebFile> Assets =
        new[] { "Landing", "WebPages" }.SelectMany(WebFile.ReadAll).ToDictionary(file => file.Name, StringComparer.Ordinal);

    /// <param name="hasAdmin">Whether it leads to the administration's page.</param>
    public static WebFile Page(bool hasAdmin) => hasAdmin ? WithAdmin : WithoutAdmin;

    public static WebFile? FindAsset(string name) => name == WithAdmin.Name ? null : Assets.GetValueOrDefault(name);

    private static WebFile Without(WebFile page)
    {
        var text = Encoding.UTF8.GetString(page.Content);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal);
        var end = text.IndexOf(End, StringComparison.Ordinal) + End.Length;
        return new WebFile(page.Name, Encoding.UTF8.GetBytes(text.Remove(begin, end - begin)));
    }
}
