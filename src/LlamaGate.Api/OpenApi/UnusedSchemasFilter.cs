using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// Removes the schemas that no operation refers to: those of .NET types that were generated before a contract's notes replaced the member that
/// has them.
/// </summary>
internal sealed class UnusedSchemasFilter : IDocumentFilter
{
    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (swaggerDoc.Components?.Schemas is not { } schemas)
        {
            return;
        }

        var used = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<IOpenApiSchema>(RootsOf(swaggerDoc).OfType<IOpenApiSchema>());
        while (open.TryPop(out var schema))
        {
            foreach (var next in PartsOf(schema, schemas, used).OfType<IOpenApiSchema>())
            {
                open.Push(next);
            }
        }

        foreach (var name in schemas.Keys.Except(used, StringComparer.Ordinal).ToList())
        {
            schemas.Remove(name);
        }
    }

    /// <summary>The schemas in operations and in the answers that they share.</summary>
    private static IEnumerable<IOpenApiSchema?> RootsOf(OpenApiDocument document)
    {
        var operations = document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>()).ToList();
        var answers = operations.SelectMany(operation => operation.Responses?.Values ?? Enumerable.Empty<IOpenApiResponse>());
        var contents = answers.OfType<OpenApiResponse>()
            .Concat(document.Components?.Responses?.Values.OfType<OpenApiResponse>() ?? [])
            .Select(answer => answer.Content)
            .Concat(operations.Select(operation => operation.RequestBody?.Content));
        return contents.SelectMany(content => content?.Values ?? Enumerable.Empty<IOpenApiMediaType>()).Select(media => media.Schema);
    }

    private static IEnumerable<IOpenApiSchema?> PartsOf(
        IOpenApiSchema schema, IDictionary<string, IOpenApiSchema> schemas, HashSet<string> used)
    {
        if (schema is OpenApiSchemaReference { Reference.Id: { } id })
        {
            return used.Add(id) ? [schemas[id]] : [];
        }

        return
        [
            schema.Items, schema.AdditionalProperties, (schema as OpenApiSchema)?.ContentSchema,
            .. schema.Properties?.Values ?? Enumerable.Empty<IOpenApiSchema>(),
            .. schema.AnyOf ?? [], .. schema.AllOf ?? [], .. schema.OneOf ?? [],
        ];
    }
}
