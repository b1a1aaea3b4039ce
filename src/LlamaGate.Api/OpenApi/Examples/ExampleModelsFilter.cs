using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Examples;

/// <summary>Fills the placeholders for models in every example, each time the document is requested.</summary>
internal sealed class ExampleModelsFilter(ExampleModels models) : IDocumentAsyncFilter
{
    public async Task ApplyAsync(OpenApiDocument swaggerDoc, DocumentFilterContext context, CancellationToken cancellationToken)
    {
        var names = await models.FindAsync(cancellationToken);
        foreach (var example in ExamplesOf(swaggerDoc))
        {
            example.Value = Fill(example.Value, names);
        }

        foreach (var parameter in OperationsOf(swaggerDoc).SelectMany(operation => operation.Parameters?.OfType<OpenApiParameter>() ?? []))
        {
            parameter.Example = Fill(parameter.Example, names);
        }
    }

    private static IEnumerable<OpenApiExample> ExamplesOf(OpenApiDocument document)
    {
        var contents = OperationsOf(document).SelectMany(operation =>
            (operation.Responses?.Values.OfType<OpenApiResponse>().Select(answer => answer.Content) ?? [])
                .Append(operation.RequestBody?.Content));
        return contents
            .SelectMany(content => content?.Values ?? Enumerable.Empty<IOpenApiMediaType>())
            .SelectMany(media => media.Examples?.Values ?? Enumerable.Empty<IOpenApiExample>())
            .OfType<OpenApiExample>();
    }

    private static IEnumerable<OpenApiOperation> OperationsOf(OpenApiDocument document) =>
        document.Paths.Values.SelectMany(path => path.Operations?.Values ?? Enumerable.Empty<OpenApiOperation>());

    private static JsonNode? Fill(JsonNode? node, IReadOnlyDictionary<string, string> names) => node switch
    {
        JsonObject members => new JsonObject(
            members.Select(member => KeyValuePair.Create(member.Key, Fill(member.Value, names)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, names))]),
        JsonValue value when value.TryGetValue<string>(out var text) => JsonValue.Create(Fill(text, names)),
        _ => node?.DeepClone(),
    };

    private static string Fill(string text, IReadOnlyDictionary<string, string> names) => names.Aggregate(
        text, (filled, name) => filled.Replace(name.Key, name.Value, StringComparison.Ordinal));
}
