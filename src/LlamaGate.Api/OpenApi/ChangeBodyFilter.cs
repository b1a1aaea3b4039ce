using System.Text.Json.Nodes;
using LlamaGate.Api.OpenApi.Examples;
using LlamaGate.Api.OpenApi.Schemas;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>Gives the administration's changes an empty body: clients send a content type only with one, and these routes require it.</summary>
internal sealed class ChangeBodyFilter : IOperationFilter
{
    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (!context.ApiDescription.IsAdminChange())
        {
            return;
        }

        operation.RequestBody = new OpenApiRequestBody
        {
            Description = "Not read. Send `{}`: without a body, many clients leave out `Content-Type: application/json`, which is required.",
            Content = new Dictionary<string, IOpenApiMediaType>(StringComparer.Ordinal)
            {
                [PageExample.Json] = new OpenApiMediaType
                {
                    Schema = Schema.FreeForm,
                    Examples = new Dictionary<string, IOpenApiExample>(StringComparer.Ordinal)
                    {
                        ["nothing"] = new OpenApiExample { Summary = "An empty object", Value = new JsonObject() },
                    },
                },
            },
        };
    }
}
