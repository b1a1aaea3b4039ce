using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>
/// The key: required where this gateway requires it, optional where another gateway would, so that clients generated from the document can
/// send one.
/// </summary>
internal sealed class SecurityFilter(CurrentSettings current, ICallerDirectory callers) : IOperationFilter, IDocumentFilter
{
    public const string Bearer = "Bearer";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context) => swaggerDoc.AddComponent(Bearer, new OpenApiSecurityScheme
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        Description = "The server's `API_KEY`, its `ADMIN_KEY`, or a key of its `KEYS_FILE`. Enter the key alone. Clients send it as "
            + $"`Authorization: Bearer <key>`, `{PresentedKeys.HeaderName}: <key>` or `{PresentedKeys.AzureHeaderName}: <key>`.",
    });

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var api = context.ApiDescription;
        if (api.IsPublic())
        {
            operation.Security = [];
            return;
        }

        var isNeeded = api.IsAdmin() ? callers.HasAdmin : current.Settings.AuthenticationEnabled && !api.IsOpenToThisMachine();
        var key = new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] };
        operation.Security = isNeeded ? [key] : [[], key];
    }
}
