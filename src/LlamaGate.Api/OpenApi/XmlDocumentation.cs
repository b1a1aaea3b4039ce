using System.Text.Json;
using System.Xml.Linq;
using System.Xml.XPath;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// The contracts' XML documentation. The project file embeds it, so that it is available however the product is published.
/// </summary>
internal static class XmlDocumentation
{
    public static IReadOnlyList<XPathDocument> All { get; } =
        [Load("LlamaGate.Application.xml"), Load("LlamaGate.Domain.xml")];

    internal static XPathDocument Load(string resource)
    {
        using var stream = typeof(XmlDocumentation).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The resource {resource} is missing from the assembly.");
        var document = XDocument.Load(stream);
        SpellOnTheWire(document);
        using var reader = document.CreateReader();
        return new XPathDocument(reader);
    }

    /// <summary>Readers of the document know <c>max_tokens</c>, not <c>ChatCompletionRequest.MaxTokens</c>.</summary>
    private static void SpellOnTheWire(XDocument document)
    {
        foreach (var see in document.Descendants("see").ToList())
        {
            var name = (string?)see.Attribute("cref") ?? "";
            var last = name[(name.LastIndexOf('.') + 1)..];
            see.ReplaceWith(new XElement(
                "c", name.StartsWith("P:", StringComparison.Ordinal) ? JsonNamingPolicy.SnakeCaseLower.ConvertName(last) : last));
        }
    }
}
