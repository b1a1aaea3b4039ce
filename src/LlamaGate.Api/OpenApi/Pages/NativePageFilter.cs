using LlamaGate.Api.OpenApi.Examples;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>Says of an action without contracts that it takes and gives JSON objects.</summary>
internal sealed class NativePageFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (DescribedByAttribute.PageOf(context.ApiDescription.ActionDescriptor) is not NativePage page)
        {
            return;
        }

        operation.RequestBody = page.TakesBody ? new OpenApiRequestBody { Content = AnyObject() } : null;
        if (operation.Responses?.GetValueOrDefault(PageExample.KeyOf(StatusCodes.Status200OK)) is OpenApiResponse answer)
        {
            answer.Content = AnyObject();
        }
    }

    private static Dictionary<string, IOpenApiMediaType> AnyObject() => new(StringComparer.Ordinal)
    {
        [PageExample.Json] = new OpenApiMediaType { Schema = new OpenApiSchema { Type = JsonSchemaType.Object } },
    };
}
