using LlamaGate.Api.Authentication;
using LlamaGate.Api.Configuration;
using LlamaGate.Application.Abstractions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace LlamaGate.Api.OpenApi;

/// <summary>The key, on every action that requires one; nothing on a gateway without keys.</summary>
internal sealed class SecurityFilter(CurrentSettings current, ICallerDirectory callers) : IOperationFilter, IDocumentFilter
{
    public const string Bearer = "Bearer";

    public void Apply(OpenApiDocument swaggerDoc, DocumentFilterContext context)
    {
        if (current.Settings.AuthenticationEnabled || callers.HasAdmin)
        {
            swaggerDoc.AddComponent(Bearer, new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description = "The server's `API_KEY`, its `ADMIN_KEY`, or a key of its `KEYS_FILE`. Enter the key alone. Clients send it as "
                    + $"`Authorization: Bearer <key>`, `{PresentedKeys.HeaderName}: <key>` or `api-key: <key>`.",
            });
        }
    }

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        var isNeeded = context.ApiDescription.IsAdmin() ? callers.HasAdmin : current.Settings.AuthenticationEnabled;
        if (isNeeded && !context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, context.Document)] = [] }];
        }
    }
}
