using System.Globalization;
using LlamaGate.Api.OpenApi.Schemas;
using Microsoft.OpenApi;

namespace LlamaGate.Api.OpenApi.Pages;

/// <summary>A parameter in an endpoint's path or query.</summary>
/// <param name="Name">As in the route. One that the action does not bind is added to the query.</param>
/// <param name="Example">The initial value in "Try it out"; may contain a placeholder for a model. Null leaves the field empty.</param>
internal sealed record PageParameter(string Name, string Description, string? Example = null)
{
    /// <summary>Such as <c>date</c>.</summary>
    public string? Format { get; init; }

    /// <summary>All values that are allowed; empty if there are others.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>The ends of the range of an integer.</summary>
    public (int Least, int Most)? Range { get; init; }

    public void Describe(OpenApiOperation operation)
    {
        operation.Parameters ??= [];
        if (operation.Parameters.OfType<OpenApiParameter>().FirstOrDefault(parameter => parameter.Name == Name) is not { } found)
        {
            found = new OpenApiParameter { Name = Name, In = ParameterLocation.Query };
            operation.Parameters.Add(found);
        }

        found.Description = Description;
        found.Example = Example;
        found.Schema = ToSchema();
    }

    private OpenApiSchema ToSchema()
    {
        var schema = Words.Count > 0 ? Schema.OneOfWords([.. Words]) : Schema.String;
        schema.Format = Format;
        if (Range is { } range)
        {
            schema.Type = JsonSchemaType.Integer;
            schema.Minimum = range.Least.ToString(CultureInfo.InvariantCulture);
            schema.Maximum = range.Most.ToString(CultureInfo.InvariantCulture);
        }

        return schema;
    }
}
