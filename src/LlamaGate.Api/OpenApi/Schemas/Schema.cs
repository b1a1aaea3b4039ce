using System.Text.Json.Nodes;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi.Schemas;

/// <summary>Building blocks for hand-written schemas.</summary>
internal static class Schema
{
    public static OpenApiSchema String => new() { Type = JsonSchemaType.String };

    public static OpenApiSchema Number => new() { Type = JsonSchemaType.Number };

    public static OpenApiSchema Boolean => new() { Type = JsonSchemaType.Boolean };

    public static OpenApiSchema Null => new() { Type = JsonSchemaType.Null };

    /// <summary>An object with any members.</summary>
    public static OpenApiSchema FreeForm => new() { Type = JsonSchemaType.Object, AdditionalPropertiesAllowed = true };

    public static OpenApiSchema OneOfWords(params string[] words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => (JsonNode)JsonValue.Create(word))] };

    public static OpenApiSchema ArrayOf(IOpenApiSchema items, int? least = null) =>
        new() { Type = JsonSchemaType.Array, Items = items, MinItems = least };

    public static OpenApiSchema AnyOf(params IOpenApiSchema[] choices) => new() { AnyOf = [.. choices] };

    public static OpenApiSchema ObjectOf(params (string Name, IOpenApiSchema Schema)[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name, member => member.Schema, StringComparer.Ordinal),
        Required = members.Select(member => member.Name).ToHashSet(StringComparer.Ordinal),
    };

    /// <summary>A reference to the schema of another contract.</summary>
    public static IOpenApiSchema Of<T>(SchemaFilterContext context) =>
        context.SchemaGenerator.GenerateSchema(typeof(T), context.SchemaRepository);
}
