using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>Describes the tags that are in use, in their order.</summary>
internal sealed class TagsFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        var used = context.ApiDescriptions.Select(api => DescribedByAttribute.PageOf(api.ActionDescriptor)?.Tag).ToHashSet();
        swaggerDoc.Tags = new HashSet<OpenApiTag>(ApiTag.All
            .Where(used.Contains)
            .Select(tag => new OpenApiTag { Name = tag.Name, Description = tag.Description }));
    }
}
