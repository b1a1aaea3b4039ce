using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.OpenApi.Schemas;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>Adds an action's page to its operation.</summary>
internal sealed class PageFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (DescribedByAttribute.PageOf(context.ApiDescription.ActionDescriptor) is not { } page)
        {
            return;
        }

        operation.OperationId = page.OperationId;
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
            body.Description = page.RequestDescription;
            PointAtContract(body);
            AddExamples(body.Content, page.Examples.Where(example => example.Status is null));
        }

        foreach (var parameter in page.Parameters)
        {
            parameter.Describe(operation);
        }

        foreach (var (status, text) in page.Answers)
        {
            if (operation.Responses?.GetValueOrDefault(PageExample.KeyOf(status)) is OpenApiResponse answer)
            {
                answer.Description = text;
                answer.Content ??= new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal);
                AddTexts(answer.Content, page.Examples.Where(example => example.Status == status));
                AddExamples(answer.Content, page.Examples.Where(example => example.Status == status));
            }
        }
    }

    /// <summary>Swashbuckle wraps the reference to describe the action's parameter; here the body's description does that.</summary>
    private static void PointAtContract(OpenApiRequestBody body)
    {
        foreach (var media in body.Content?.Values.OfType<OpenApiMediaType>() ?? [])
        {
            media.Schema = media.Schema is OpenApiSchema { AllOf: [var contract] } ? contract : media.Schema;
        }
    }

    /// <summary>Forms of an answer that are not JSON: their examples describe them.</summary>
    private static void AddTexts(IDictionary<string, IOpenApiMediaType> content, IEnumerable<PageExample> examples)
    {
        foreach (var example in examples.Where(example => example.MediaType != PageExample.Json))
        {
            content.TryAdd(example.MediaType, new OpenApiMediaType { Schema = Schema.String });
        }
    }

    private static void AddExamples(IDictionary<string, IOpenApiMediaType>? content, IEnumerable<PageExample> examples)
    {
        foreach (var example in examples)
        {
            if (content?.TryGetValue(example.MediaType, out var found) is true && found is OpenApiMediaType media)
            {
                media.Examples ??= new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal);
                media.Examples.Add(example.Name, example.ToOpenApi());
            }
        }
    }
}
