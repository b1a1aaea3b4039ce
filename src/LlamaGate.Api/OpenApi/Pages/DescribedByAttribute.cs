using System.Globalization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>Names the page that describes an action, so that the controller itself contains only HTTP.</summary>
internal abstract class DescribedByAttribute(EndpointPage page)
    : Attribute, IEndpointSummaryMetadata, IEndpointDescriptionMetadata, ITagsMetadata
{
    public EndpointPage Page => page;

    public string Summary => page.Summary;

    public string Description => page.Description;

    public IReadOnlyList<string> Tags => [page.Tag.Name];

    public static EndpointPage? PageOf(ActionDescriptor action) =>
        action.EndpointMetadata.OfType<DescribedByAttribute>().FirstOrDefault()?.Page;

    /// <summary>By tag in their order, then by path.</summary>
    public static string OrderOf(ApiDescription api) => string.Create(
        CultureInfo.InvariantCulture, $"{PageOf(api.ActionDescriptor)?.Tag.Order ?? int.MaxValue:D10} {api.RelativePath}");
}

/// <inheritdoc />
[AttributeUsage(AttributeTargets.Method)]
internal sealed class DescribedByAttribute<TPage>() : DescribedByAttribute(new TPage())
    where TPage : EndpointPage, new();
