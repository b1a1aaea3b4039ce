using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>The two headers in which the key may come, either of which will do, on every action that requires it.</summary>
internal sealed class SecurityFilter(CurrentSettings current) : IOperationFilter
{
    public const string Bearer = "Bearer";
    public const string ApiKey = "ApiKey";

    public static void AddSchemes(SwaggerGenOptions options)
    {
        options.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            Description = "The server's `API_KEY`, or a key of its `KEYS_FILE`, as OpenAI's clients send it: `Authorization: Bearer <key>`. Enter the key alone.",
        });
        options.AddSecurityDefinition(ApiKey, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.ApiKey,
            In = ParameterLocation.Header,
            Name = PresentedKeys.HeaderName,
            Description = "The same key in a header of its own: `X-API-Key: <key>`, or `api-key: <key>` as Azure's clients send it. One of them is enough.",
        });
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            return;
        }

        operation.Security = [Require(Bearer, context), Require(ApiKey, context)];
        if (!current.Settings.AuthenticationEnabled)
        {
            // No header is allowed too.
            operation.Security.Add(new OpenApiSecurityRequirement());
        }
    }

    private static OpenApiSecurityRequirement Require(string scheme, OperationFilterContext context) =>
        new() { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] };
}
